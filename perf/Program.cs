using BenchmarkDotNet.Running;
using Lacuna.Perf.Kernels;

return args switch
{
    ["kernels", "--quick", ..] => QuickTimes.Run(),
    ["kernels", .. var rest] => Kernels(rest),
    ["peers"] => Lacuna.Perf.Peers.PeerComparison.Run(),
    ["vq", .. var rest] => Lacuna.Perf.VectorQuantization.Comparison.Run(rest),
    ["quality", .. var rest] => Lacuna.Perf.Quality.Run(rest),
    ["demo", .. var rest] => Lacuna.Perf.Demo.Run(rest),
    ["picture", .. var rest] => Lacuna.Perf.SamplePicture.Run(rest),
    _ => Usage(),
};

static int Kernels(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(QuickTimes).Assembly).Run(args);
    return 0;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        kernels [OPTIONS]   BenchmarkDotNet over the kernels, one row a variant (--filter '*Pointwise*', --list flat, ...)
        kernels --quick     every kernel, variant and shape in half a minute
        peers               entropy coders side by side with Debian's; writes perf/results/entropy.md
        vq                  vector quantisers beside FAISS, where that is installed; writes perf/results/vq.md
        quality [FOLDER]    rate and quality beside other codecs (--help tells more)
        demo [PICTURE]      a picture at three qualities, in numbers and side by side
        picture [FILE]      makes the sample picture again
        """);
    return 2;
}
