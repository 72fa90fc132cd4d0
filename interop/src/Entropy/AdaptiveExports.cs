using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Entropy;

namespace Lacuna.Interop;

/// <summary>The exports of lacuna/adaptive.h that code bytes. No logic lives here.</summary>
static unsafe partial class AdaptiveExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_adaptive_bound", CallConvs = [typeof(CallConvCdecl)])]
    static nuint Bound(nuint count) => count > AdaptiveBytes.MaxCount ? 0 : (nuint)AdaptiveBytes.MaxEncodedBytes((int)count);

    [UnmanagedCallersOnly(EntryPoint = "lac_adaptive_encode", CallConvs = [typeof(CallConvCdecl)])]
    static Status Encode(byte* source, nuint count, int models, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            Limits.AtMost(count, AdaptiveBytes.MaxCount, nameof(count));
            var outcome = AdaptiveBytes.Encode(
                Native.Input(source, count, nameof(source)), Native.Output(destination, capacity, nameof(destination)),
                out int bytes, models);
            return Outcomes.From(outcome, bytes, written, capacity, AdaptiveBytes.MaxEncodedBytes((int)count));
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_adaptive_decode", CallConvs = [typeof(CallConvCdecl)])]
    static Status Decode(byte* source, nuint length, byte* destination, nuint count)
    {
        Span<byte> target = default;
        try
        {
            target = Native.Exactly(destination, count, nameof(destination));
            return Outcomes.From(AdaptiveBytes.Decode(Native.Input(source, length, nameof(source)), target));
        }
        catch (Exception error)
        {
            target.Clear();
            return Fault.Record(error);
        }
    }
}
