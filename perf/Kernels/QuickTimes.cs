using System.Diagnostics;
using Lacuna.Cli.Bench;
using Lacuna.Kernels;

namespace Lacuna.Perf.Kernels;

/// <summary>
/// <c>kernels --quick</c>: every kernel and variant in half a minute, in processor time of one pinned thread, so that
/// other work on the machine disturbs little. For a decision, run the benchmarks proper.
/// </summary>
static class QuickTimes
{
    const int Rounds = 7;
    const long RoundNanoseconds = 4_000_000;

    /// <summary>Prints one line a kernel, shape and variant.</summary>
    public static int Run()
    {
        if (OperatingSystem.IsLinux())
        {
            using Process process = Process.GetCurrentProcess();
            process.ProcessorAffinity = 1 << Environment.ProcessorCount - 1;
        }

        Pointwise();
        Depthwise();
        Checks();
        Floats();
        StaticRans();
        IndexedRans();
        AdaptiveNibbles();
        Noise();
        Codewords();
        Updates();
        return 0;
    }

    static void Pointwise()
    {
        foreach ((int inputs, int outputs) in PointwiseConvolutionBench.Sizes)
        foreach (int pixels in new[] { 64, 1536 })
        foreach (IsaLevel level in new PointwiseConvolutionBench().Levels.Where(level => level != IsaLevel.Scalar))
        {
            var bench = new PointwiseConvolutionBench { Pixels = pixels, Size = (inputs, outputs), Level = level };
            bench.Setup();
            Print($"PointwiseConvolution {pixels} x ({inputs} -> {outputs})", level, bench.Run, 2.0 * pixels * inputs * outputs, "GFLOP/s");
        }
    }

    static void Depthwise()
    {
        foreach ((int height, int width) in DepthwiseConvolutionBench.Sizes)
        foreach (IsaLevel level in new DepthwiseConvolutionBench().Levels)
        {
            var bench = new DepthwiseConvolutionBench { Size = (height, width), Channels = 128, Level = level };
            bench.Setup();
            Print($"DepthwiseConvolution {height} x {width} x 128", level, bench.Run, 18.0 * height * width * 128, "GFLOP/s");
        }
    }

    static void Checks()
    {
        foreach (IsaLevel level in new Crc32CBench().Levels)
        {
            var bench = new Crc32CBench { Count = 65536, Level = level };
            bench.Setup();
            Print("Crc32C 65536 bytes", level, () => bench.Run(), bench.Count, "GB/s");
        }
    }

    static void StaticRans()
    {
        foreach (IsaLevel level in new HistogramBench().Levels)
        {
            var bench = new HistogramBench { Count = 1 << 20, Bits = 4, Level = level };
            bench.Setup();
            Print("Histogram of 4 bits", level, bench.Run, bench.Count, "GB/s");
        }

        foreach (int lanes in new[] { 32, 256 })
        {
            foreach (IsaLevel level in new RansEncodeStaticBench().Levels)
            {
                var bench = new RansEncodeStaticBench { Count = 1 << 20, Bits = 4, Lanes = lanes, Level = level };
                bench.Setup();
                Print($"RansEncodeStatic of 4 bits, {lanes} lanes", level, bench.Run, bench.Count, "GB/s");
            }

            foreach (IsaLevel level in new RansDecodeStaticBench().Levels)
            {
                var bench = new RansDecodeStaticBench { Count = 1 << 20, Bits = 4, Lanes = lanes, Level = level };
                bench.Setup();
                Print($"RansDecodeStatic of 4 bits, {lanes} lanes", level, bench.Run, bench.Count, "GB/s");
            }
        }
    }

    static void IndexedRans()
    {
        foreach (double bits in new[] { 0.7, 2.6, 4.6 })
        foreach (IsaLevel level in new RansDecodeIndexedBench().Levels)
        {
            var decode = new RansDecodeIndexedBench { Count = 65536, Lanes = 64, Bits = bits, Level = level };
            var encode = new RansEncodeIndexedBench { Count = 65536, Lanes = 64, Bits = bits, Level = level };
            decode.Setup();
            encode.Setup();
            Print($"RansDecodeIndexed 65536 of {bits} bits, 64 lanes", level, decode.Run, 1000.0 * decode.Count, "Msymbols/s");
            Print($"RansEncodeIndexed 65536 of {bits} bits, 64 lanes", level, encode.Run, 1000.0 * encode.Count, "Msymbols/s");
        }
    }

    static void AdaptiveNibbles()
    {
        foreach ((int States, int Models) form in AdaptiveNibbleDecodeBench.Forms)
        {
            string shape = $"{form.States} states, {form.Models} models";
            foreach (IsaLevel level in new AdaptiveNibbleDecodeBench().Levels)
            {
                var bench = new AdaptiveNibbleDecodeBench { Count = 1 << 18, Form = form, Level = level };
                bench.Setup();
                Print($"AdaptiveNibbleDecode {shape}", level, bench.Run, 1000.0 * bench.Count, "MB/s");
            }

            foreach (IsaLevel level in new AdaptiveNibbleEncodeBench().Levels)
            {
                var bench = new AdaptiveNibbleEncodeBench { Count = 1 << 18, Form = form, Level = level };
                bench.Setup();
                Print($"AdaptiveNibbleEncode {shape}", level, bench.Run, 1000.0 * bench.Count, "MB/s");
            }
        }
    }

    static void Noise()
    {
        foreach (IsaLevel level in new PhiloxNormalBench().Levels)
        {
            var philox = new PhiloxNormalBench { Count = 16384, Level = level };
            philox.Setup();
            Print("PhiloxNormal 16384", level, philox.Run, 1e3 * philox.Count, "M/s");
            var twister = new MersenneTwisterBench { Level = level };
            twister.Setup();
            Print("MersenneTwister 624", level, twister.Run, 1e3 * MersenneTwister.Count, "M/s");
            var pairs = new BoxMullerBench { Count = 624, Level = level };
            pairs.Setup();
            Print("BoxMuller 624", level, pairs.Run, 1e3 * pairs.Count, "M/s");
        }
    }

    static void Floats()
    {
        foreach (int width in new[] { 2, 4 })
        foreach (IsaLevel level in new FloatSplitBench().Levels)
        {
            var split = new FloatSplitBench { Bytes = 262_144, Width = width, Level = level };
            split.Setup();
            Print($"FloatSplit 262144 bytes by {width}", level, split.Run, split.Bytes, "GB/s");
            var merge = new FloatMergeBench { Bytes = 262_144, Width = width, Level = level };
            merge.Setup();
            Print($"FloatMerge 262144 bytes by {width}", level, merge.Run, merge.Bytes, "GB/s");
        }
    }

    static void Codewords()
    {
        foreach ((int dimensions, int codewords) in NearestCodeBench.Sizes)
        foreach (int vectors in new[] { 1, 1536 })
        foreach (IsaLevel level in new NearestCodeBench().Levels.Where(level => level != IsaLevel.Scalar))
        {
            var bench = new NearestCodeBench { Vectors = vectors, Size = (dimensions, codewords), Level = level };
            bench.Setup();
            double work = 2.0 * vectors * dimensions * codewords;
            Print($"NearestCode {vectors} x {dimensions} in {codewords}", level, bench.Run, work, "GFLOP/s");
        }

        foreach ((int dimensions, int codewords) in NearestCodeScreenedBench.Sizes)
        foreach (IsaLevel level in new NearestCodeScreenedBench().Levels.Where(level => level != IsaLevel.Scalar))
        {
            var bench = new NearestCodeScreenedBench { Vectors = 192, Size = (dimensions, codewords), Level = level };
            bench.Setup();
            Print($"NearestCodeScreened 192 x {dimensions} in {codewords}", level, bench.Run, 384.0 * dimensions * codewords, "GFLOP/s");
        }

        foreach (IsaLevel level in new GatherCodewordsBench().Levels)
        {
            var bench = new GatherCodewordsBench { Dimensions = 128, Stages = 8, Level = level };
            bench.Setup();
            Print("GatherCodewords 8 x 128", level, bench.Run, 1024 * 8 * 128 * 4.0, "GB/s");
        }

        foreach (IsaLevel level in new AccumulateVectorsBench().Levels)
        {
            var bench = new AccumulateVectorsBench { Dimensions = 128, Codes = 1024, Level = level };
            bench.Setup();
            Print("AccumulateVectors 128", level, bench.Run, 4096 * 128 * 4.0, "GB/s");
        }
    }

    static void Updates()
    {
        foreach (int past in new[] { 0, 1, 2, 3 })
        foreach (int count in new[] { 4 * 128 * 128, 16 * 128 * 128 })
        foreach (IsaLevel level in new DiffusionUpdateBench().Levels.Where(level => level != IsaLevel.Scalar))
        {
            var bench = new DiffusionUpdateBench { Count = count, Past = past, Level = level };
            bench.Setup();
            Print($"DiffusionUpdate {count} with {past} past", level, () => bench.Run(), 4.0 * count * bench.Tensors, "GB/s");
        }
    }

    static void Print(string name, IsaLevel level, Action run, double work, string unit)
    {
        double nanoseconds = MedianNanoseconds(run);
        Console.WriteLine($"{name,-42} {level,-9} {nanoseconds,14:N0} ns {work / nanoseconds,8:F1} {unit}");
    }

    /// <summary>Processor time of one call: the median of several rounds.</summary>
    public static double MedianNanoseconds(Action run)
    {
        run();
        long once = Math.Max(1, Measure(run, 1));
        int calls = (int)Math.Clamp(RoundNanoseconds / once, 1, 1_000_000);
        Measure(run, calls); // lets the runtime settle on its final code
        double[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => Measure(run, calls) / (double)calls).Order()];
        return rounds[Rounds / 2];
    }

    static long Measure(Action run, int calls)
    {
        long start = ThreadClock.Nanoseconds;
        for (int call = 0; call < calls; call++)
        {
            run();
        }

        return ThreadClock.Nanoseconds - start;
    }
}
