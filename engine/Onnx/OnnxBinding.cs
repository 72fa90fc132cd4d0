using System.Linq;
using Lacuna.Kernels;

namespace Lacuna.Onnx;

/// <summary>Memory for every input and output of a session, bound once: a run then reads and writes it in place.</summary>
public sealed class OnnxBinding : IDisposable
{
    readonly OnnxSession session;
    readonly OrtHandle binding;
    readonly OrtHandle runOptions;
    readonly HashSet<string> bound = [];
    readonly List<BoundTensor> owned = [];
    readonly List<BoundTensor> shared = [];
    bool complete;

    /// <summary>Starts without any tensor bound.</summary>
    /// <param name="session">The model; it stays the caller's, and must outlive the binding.</param>
    public OnnxBinding(OnnxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        this.session = session;
        binding = Api.CreateBinding(session.Handle, session.ModelPath);
        runOptions = Api.CreateRunOptions(session.ModelPath);
    }

    OrtApi Api => session.Runtime.Api;

    /// <summary>Makes memory for an input, all zeros, and binds it.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="shape">Its sizes, each 1 or more.</param>
    /// <returns>The input's type and its memory, in which the caller writes before a run; it lives as long as the binding.</returns>
    /// <exception cref="OnnxException">The model has no such input, or it has other sizes or a type that is not handled.</exception>
    /// <exception cref="ArgumentException">A size is below 1, or the name is bound already.</exception>
    public BoundTensor AddInput(string name, ReadOnlySpan<long> shape)
    {
        BoundTensor tensor = Add("input", session.Inputs, name, shape);
        Api.BindInput(binding, name, tensor.Tensor, session.ModelPath);
        return tensor;
    }

    /// <summary>Binds memory that another binding of the same session owns.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="tensor">The other's tensor of that name; the other binding must outlive this one.</param>
    /// <returns><paramref name="tensor"/>.</returns>
    /// <exception cref="ArgumentException">The name is bound already.</exception>
    public BoundTensor AddInput(string name, BoundTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        CheckUnbound(name);
        Api.BindInput(binding, name, tensor.Tensor, session.ModelPath);
        bound.Add(name);
        shared.Add(tensor);
        return tensor;
    }

    /// <summary>Makes memory for an output and binds it.</summary>
    /// <param name="name">The output's name.</param>
    /// <param name="shape">Its sizes, each 1 or more.</param>
    /// <returns>The output's type and its memory, which a run writes; it lives as long as the binding.</returns>
    /// <exception cref="OnnxException">The model has no such output, or it has other sizes or a type that is not handled.</exception>
    /// <exception cref="ArgumentException">A size is below 1, or the name is bound already.</exception>
    public BoundTensor AddOutput(string name, ReadOnlySpan<long> shape)
    {
        BoundTensor tensor = Add("output", session.Outputs, name, shape);
        Api.BindOutput(binding, name, tensor.Tensor, session.ModelPath);
        return tensor;
    }

    /// <summary>Runs the model on the inputs' memory, and fills the outputs'. It allocates nothing managed.</summary>
    /// <exception cref="OnnxException">An input is not bound, or the model does not run on these sizes; the message tells.</exception>
    /// <exception cref="ObjectDisposedException">The binding or the session has been disposed.</exception>
    public void Run()
    {
        if (!complete)
        {
            CheckInputs();
            complete = true;
        }

        Api.Run(session.Handle, runOptions, binding, session.ModelPath);
        GC.KeepAlive(this);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        binding.Dispose();
        runOptions.Dispose();
        owned.ForEach(tensor => tensor.Dispose());
    }

    /// <summary>Refuses a binding that lacks an input; <see cref="Run"/> does so too.</summary>
    /// <exception cref="OnnxException">An input is not bound.</exception>
    public void CheckInputs()
    {
        foreach (TensorInfo input in session.Inputs)
        {
            if (!bound.Contains(input.Name))
            {
                throw new OnnxException(session.ModelPath, $"the input {input} is not given");
            }
        }
    }

    unsafe BoundTensor Add(string kind, IReadOnlyList<TensorInfo> infos, string name, ReadOnlySpan<long> shape)
    {
        foreach (long size in shape)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(shape));
        }

        TensorInfo info = infos.FirstOrDefault(info => info.Name == name)
            ?? throw new OnnxException(session.ModelPath, $"there is no {kind} '{name}'; there are {string.Join(", ", infos)}");
        if (info.Type == ElementType.Other)
        {
            throw new OnnxException(session.ModelPath, $"the {kind} '{name}' is of a type that is not handled");
        }

        if (!info.Accepts(shape))
        {
            string wanted = TensorInfo.Text(shape.ToArray());
            throw new OnnxException(session.ModelPath, $"the {kind} '{name}' has the shape {TensorInfo.Text(info.Shape)}, not {wanted}");
        }

        CheckUnbound(name);
        long bytes = info.Type.Bytes();
        foreach (long size in shape)
        {
            bytes = checked(bytes * size);
        }

        var memory = new AlignedBuffer<byte>(checked((int)bytes));
        nint address;
        fixed (byte* first = memory.Span)
        {
            address = (nint)first;
        }

        OrtHandle handle = Api.CreateTensor(session.Runtime.Memory, address, (nuint)bytes, shape, info.Type, session.ModelPath);
        var tensor = new BoundTensor(info.Type, memory, handle);
        owned.Add(tensor);
        bound.Add(name);
        return tensor;
    }

    void CheckUnbound(string name)
    {
        if (bound.Contains(name))
        {
            throw new ArgumentException($"'{name}' is bound already.", nameof(name));
        }
    }
}
