using System.Runtime.CompilerServices;

namespace Lacuna.Kernels;

public static unsafe partial class RansEncodeStatic
{
    /// <summary>Looks entries up one by one and does the rest by vectors of lanes: two of them, which hide each other's latency.</summary>
    readonly struct Entries<TWords, TVector> : IGroup
        where TWords : IWords<TVector>
        where TVector : unmanaged
    {
        public static int Lanes => 2 * TWords.Count;

        public static byte* Prepare(ulong* entries, byte* room) => (byte*)entries;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Step(byte* entries, byte* shuffles, byte* symbols, ushort* low, ushort* high, ref ushort* end)
        {
            StepVector(entries, shuffles, symbols + TWords.Count, low + TWords.Count, high + TWords.Count, ref end);
            StepVector(entries, shuffles, symbols, low, high, ref end);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static void StepVector(byte* entries, byte* shuffles, byte* symbols, ushort* low, ushort* high, ref ushort* end)
        {
            TWords.LoadEntries<ByteKeys>(
                (ulong*)entries, symbols, out TVector frequency, out TVector start, out TVector reciprocal, out TVector power);
            Advance<TWords, TVector>(frequency, start, reciprocal, power, shuffles, low, high, ref end);
        }
    }
}
