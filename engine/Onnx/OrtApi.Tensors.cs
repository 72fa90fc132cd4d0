using System.Text;

namespace Lacuna.Onnx;

sealed unsafe partial class OrtApi
{
    /// <summary>Describes ordinary memory.</summary>
    public OrtHandle CreateCpuMemoryInfo(string file)
    {
        const int DeviceAllocator = 0, DefaultMemory = 0;
        nint info;
        Check(((delegate* unmanaged<int, int, nint*, nint>)functions[69])(DeviceAllocator, DefaultMemory, &info), file);
        return Own(info, 94);
    }

    /// <summary>A tensor over memory that stays the caller's, and must outlive it.</summary>
    public OrtHandle CreateTensor(OrtHandle memory, nint data, nuint bytes, ReadOnlySpan<long> shape, ElementType type, string file)
    {
        nint value;
        fixed (long* sizes = shape)
        {
            var create = (delegate* unmanaged<nint, nint, nuint, long*, nuint, int, nint*, nint>)functions[49];
            Check(create(memory.Value, data, bytes, sizes, (nuint)shape.Length, (int)type, &value), file);
        }

        return Own(value, 96);
    }

    public OrtHandle CreateBinding(OrtHandle session, string file)
    {
        nint binding;
        Check(((delegate* unmanaged<nint, nint*, nint>)functions[134])(session.Value, &binding), file);
        return Own(binding, 135);
    }

    public void BindInput(OrtHandle binding, string name, OrtHandle tensor, string file) => Bind(binding, 136, name, tensor, file);

    public void BindOutput(OrtHandle binding, string name, OrtHandle tensor, string file) => Bind(binding, 137, name, tensor, file);

    void Bind(OrtHandle binding, int function, string name, OrtHandle tensor, string file)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            Check(((delegate* unmanaged<nint, byte*, nint, nint>)functions[function])(binding.Value, text, tensor.Value), file);
        }
    }

    public OrtHandle CreateRunOptions(string file)
    {
        nint options;
        Check(((delegate* unmanaged<nint*, nint>)functions[39])(&options), file);
        return Own(options, 97);
    }

    /// <summary>Runs a session on what is bound; allocates nothing managed.</summary>
    public void Run(OrtHandle session, OrtHandle options, OrtHandle binding, string file) =>
        Check(((delegate* unmanaged<nint, nint, nint, nint>)functions[133])(session.Value, options.Value, binding.Value), file);
}
