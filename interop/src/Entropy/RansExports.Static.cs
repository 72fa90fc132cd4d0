using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Entropy;

namespace Lacuna.Interop;

/// <summary>The exports of lac_static_table.</summary>
static unsafe partial class RansExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_static_table_create", CallConvs = [typeof(CallConvCdecl)])]
    static Status StaticTableCreate(uint* counts, nint* table)
    {
        try
        {
            Native.Clear(table, nameof(table));
            ReadOnlySpan<uint> given = Native.Input(counts, StaticTable.Symbols, nameof(counts));
            var made = new StaticTable();
            made.Fit(given);
            *table = Handles.Own(made);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_static_table_write", CallConvs = [typeof(CallConvCdecl)])]
    static Status StaticTableWrite(nint table, byte* destination, nuint capacity, nuint* written)
    {
        try
        {
            Native.Clear(written, nameof(written));
            OperationStatus outcome = Handles.Borrow<StaticTable>(table, nameof(table)).Write(
                Native.Output(destination, capacity, nameof(destination)), out int bytes);
            return Outcomes.From(outcome, bytes, written, capacity, StaticTable.MaxBytes);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_static_table_read", CallConvs = [typeof(CallConvCdecl)])]
    static Status StaticTableRead(byte* source, nuint length, nint* table, nuint* consumed)
    {
        try
        {
            Native.ClearBoth(table, nameof(table), consumed, nameof(consumed));
            ReadOnlySpan<byte> stored = Native.Input(source, length, nameof(source));
            var read = new StaticTable();
            OperationStatus outcome = read.Read(stored, out int bytes);
            if (outcome == OperationStatus.Done)
            {
                (*table, *consumed) = (Handles.Own(read), (nuint)bytes);
            }

            return Outcomes.From(outcome);
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_static_table_destroy", CallConvs = [typeof(CallConvCdecl)])]
    static Status StaticTableDestroy(nint* table)
    {
        try
        {
            Handles.Release<StaticTable>(table, nameof(table));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
