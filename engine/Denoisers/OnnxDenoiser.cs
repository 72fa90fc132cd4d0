using System.Linq;
using Lacuna.Kernels;
using Lacuna.Onnx;
using Lacuna.Sampling;

namespace Lacuna.Denoisers;

/// <summary>A model that ONNX Runtime runs, as a denoiser. What comes out is not exact: it depends on the build and the machine.</summary>
/// <remarks>
/// All tensors are bound once: the latents are written where the model reads them, and its answer is read where the model writes it. Only
/// a model whose inputs are of 16 bits has them converted. With guidance the model runs twice, on the same latents.
/// </remarks>
public sealed class OnnxDenoiser : IDenoiser, IDisposable
{
    /// <summary>Names that models give the latents.</summary>
    static readonly string[] SampleNames = ["sample", "latent_model_input", "hidden_states", "latents", "x"];

    /// <summary>Names that models give the timestep.</summary>
    static readonly string[] TimestepNames = ["timestep", "timesteps", "t", "sigma"];

    readonly Side conditional;
    readonly Side? unconditional;
    readonly AlignedBuffer<float>? staging;

    /// <summary>Binds the tensors of a model.</summary>
    /// <param name="session">It stays the caller's, and must outlive the denoiser.</param>
    /// <param name="shape">Sizes of the latents, outermost first, each 1 or more.</param>
    /// <param name="conditions">All inputs beside the latents and the timestep; copied.</param>
    /// <exception cref="OnnxException">The model lacks an input, has one more, or one of another shape; the message names it.</exception>
    /// <exception cref="ArgumentException">A size is below 1, or a condition's values are not as many as its sizes make.</exception>
    public OnnxDenoiser(OnnxSession session, IReadOnlyList<long> shape, IReadOnlyList<OnnxCondition>? conditions = null)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(shape);
        Shape = [.. shape];
        conditions ??= [];
        conditional = new Side(session, Shape, conditions, negative: false);
        if (conditions.Any(condition => condition.Negative is not null))
        {
            unconditional = new Side(session, Shape, conditions, negative: true, conditional.Sample);
        }

        if (conditional.Sample.Type != ElementType.Float32)
        {
            staging = new AlignedBuffer<float>(conditional.Sample.Count);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>A model's input for the latents.</summary>
    /// <exception cref="OnnxException">It has none by a name that is known.</exception>
    public static TensorInfo SampleInput(OnnxSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return Find(session, SampleNames, "the latents");
    }

    static TensorInfo Find(OnnxSession session, string[] names, string meaning) =>
        names.Select(name => session.Inputs.FirstOrDefault(info => info.Name == name)).FirstOrDefault(info => info is not null)
        ?? throw new OnnxException(
            session.ModelPath,
            $"there is no input for {meaning} ({string.Join(", ", names)}); there are {string.Join(", ", session.Inputs)}");

    /// <inheritdoc/>
    public bool CanGuide => unconditional is not null;

    /// <inheritdoc/>
    public Span<float> Input => staging is null ? conditional.Sample.Floats : staging.Span;

    /// <inheritdoc/>
    /// <exception cref="OnnxException">The model does not run.</exception>
    public NetworkOutput Run(double timestep, bool guided)
    {
        if (guided && unconditional is null)
        {
            throw new ArgumentException("No condition has a negative, so that there is nothing to guide by.", nameof(guided));
        }

        if (staging is not null)
        {
            conditional.Sample.Set(staging.Span);
        }

        conditional.Run(timestep);
        if (guided)
        {
            unconditional!.Run(timestep);
        }

        return new NetworkOutput
        {
            Format = conditional.Format,
            Conditional = conditional.Output.Bytes,
            Unconditional = guided ? unconditional!.Output.Bytes : default,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        unconditional?.Dispose();
        conditional.Dispose();
        staging?.Dispose();
    }

    /// <summary>What is bound for one answer: with the condition, or without.</summary>
    sealed class Side : IDisposable
    {
        readonly OnnxBinding binding;
        readonly BoundTensor timestep;

        public Side(
            OnnxSession session,
            IReadOnlyList<long> shape,
            IReadOnlyList<OnnxCondition> conditions,
            bool negative,
            BoundTensor? shared = null)
        {
            long[] sizes = [.. shape];
            binding = new OnnxBinding(session);
            try
            {
                string name = SampleInput(session).Name;
                Sample = shared is null ? binding.AddInput(name, sizes) : binding.AddInput(name, shared);
                timestep = AddTimestep(session, shape[0]);
                foreach (OnnxCondition condition in conditions)
                {
                    Add(condition, negative);
                }

                binding.CheckInputs();
                TensorInfo output = session.Outputs.FirstOrDefault(info => info.Name is "out_sample" or "sample") ?? session.Outputs[0];
                Format = FormatOf(session, output);
                Output = binding.AddOutput(output.Name, sizes);
            }
            catch
            {
                binding.Dispose();
                throw;
            }
        }

        public BoundTensor Sample { get; }

        public BoundTensor Output { get; }

        public NetworkFormat Format { get; }

        public void Run(double time)
        {
            timestep.Fill(time);
            binding.Run();
        }

        public void Dispose() => binding.Dispose();

        /// <summary>One number, or one a picture, as the model wants it.</summary>
        BoundTensor AddTimestep(OnnxSession session, long pictures)
        {
            TensorInfo wanted = Find(session, TimestepNames, "the timestep");
            return binding.AddInput(wanted.Name, wanted.Shape.Select(size => size < 0 ? pictures : size));
        }

        void Add(OnnxCondition condition, bool negative)
        {
            BoundTensor tensor = binding.AddInput(condition.Name, [.. condition.Shape]);
            ReadOnlyMemory<float> values = negative && condition.Negative is { } instead ? instead : condition.Values;
            if (values.Length != tensor.Count)
            {
                string sizes = TensorInfo.Text(condition.Shape);
                throw new ArgumentException($"The condition '{condition.Name}' has {values.Length} values, not those of {sizes}.");
            }

            tensor.Set(values.Span);
        }

        static NetworkFormat FormatOf(OnnxSession session, TensorInfo output) => output.Type switch
        {
            ElementType.Float32 => NetworkFormat.Float32,
            ElementType.Float16 => NetworkFormat.Float16,
            ElementType.BFloat16 => NetworkFormat.BFloat16,
            _ => throw new OnnxException(session.ModelPath, $"the output {output} is of no type that a denoiser answers in"),
        };
    }
}
