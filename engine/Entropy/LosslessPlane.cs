using System.Buffers;
namespace Lacuna.Entropy;
static class LosslessPlane { public static byte[] Encode(byte[] p,int w,int h)=>p; public static OperationStatus Decode(ReadOnlySpan<byte> s,int w,int h,byte[] d){ if(s.Length!=d.Length) return OperationStatus.InvalidData; s.CopyTo(d); return OperationStatus.Done; } }
