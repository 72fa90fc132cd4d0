using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lacuna.Codecs.Images.Model;

namespace Lacuna.Interop;

/// <summary>The exports that lacuna/model.h promises. No logic lives here.</summary>
static unsafe class ModelExports
{
    [UnmanagedCallersOnly(EntryPoint = "lac_model_default", CallConvs = [typeof(CallConvCdecl)])]
    static Status Default(nint* model)
    {
        try
        {
            Native.Clear(model, nameof(model));
            *model = Handles.Own(NativeModel.Default());
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_model_open_memory", CallConvs = [typeof(CallConvCdecl)])]
    static Status OpenMemory(byte* data, nuint length, nint* model)
    {
        try
        {
            Native.Clear(model, nameof(model));
            Native.Require(data, nameof(data));
            *model = Handles.Own(NativeModel.Open(data, length));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_model_open_file", CallConvs = [typeof(CallConvCdecl)])]
    static Status OpenFile(byte* path, nint* model)
    {
        try
        {
            Native.Clear(model, nameof(model));
            Native.Require(path, nameof(path));
            *model = Handles.Own(NativeModel.Open(path));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_model_retain", CallConvs = [typeof(CallConvCdecl)])]
    static Status Retain(nint model)
    {
        try
        {
            Handles.Retain<NativeModel>(model, nameof(model));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_model_release", CallConvs = [typeof(CallConvCdecl)])]
    static Status Release(nint* model)
    {
        try
        {
            Handles.Release<NativeModel>(model, nameof(model));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "lac_model_info", CallConvs = [typeof(CallConvCdecl)])]
    static Status Info(nint model, ModelProperties* properties)
    {
        try
        {
            Native.Fill(properties, default, nameof(properties));
            ImageModel found = Handles.Borrow<NativeModel>(model, nameof(model)).Model;
            Native.Fill(properties, ModelProperties.From(found), nameof(properties));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Fault.Record(error);
        }
    }
}
