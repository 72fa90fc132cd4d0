using Lacuna.Cli.Bench;

namespace Lacuna.Perf.Peers;

/// <summary>What a coder came to on a job.</summary>
/// <param name="Coder">The coder.</param>
/// <param name="Bytes">Bytes of all coded blocks.</param>
/// <param name="EncodeRate">MB/s: 10^6 bytes of data a second of processor time, the median of the rounds.</param>
/// <param name="DecodeRate">The same of decoding.</param>
sealed record PeerResult(Coder Coder, long Bytes, double EncodeRate, double DecodeRate);

/// <summary>Times the coders of a job in turn, round after round, so that a change of the machine's clock meets all of them.</summary>
static class PeerTimes
{
    const int BlockBytes = 1 << 20;
    const int Rounds = 9;

    /// <summary>Measures all coders of a job; what they decode is compared with the data.</summary>
    /// <exception cref="InvalidOperationException">A coder does not give the data back.</exception>
    public static IReadOnlyList<PeerResult> Measure(Job job)
    {
        int blocks = job.Data.Length / BlockBytes;
        int room = (2 * BlockBytes) + (1 << 16);
        byte[][] coded = [.. Enumerable.Range(0, blocks).Select(_ => new byte[room])];
        var lengths = new int[blocks];
        byte[] back = new byte[job.Data.Length];
        var encode = new double[job.Coders.Count, Rounds];
        var decode = new double[job.Coders.Count, Rounds];
        var bytes = new long[job.Coders.Count];
        for (int round = -1; round < Rounds; round++)
        {
            foreach ((int index, Coder coder) in job.Coders.Index())
            {
                double encoding = Seconds(() => ForEach(i => lengths[i] = coder.Encode(Block(job.Data, i), coded[i])));
                Array.Clear(back);
                double decoding = Seconds(() => ForEach(i => coder.Decode(coded[i].AsSpan(0, lengths[i]), Block(back, i))));
                if (!back.AsSpan().SequenceEqual(job.Data))
                {
                    throw new InvalidOperationException($"{coder.Name} does not give {job.Name} back.");
                }

                // The first round warms up.
                (encode[index, Math.Max(round, 0)], decode[index, Math.Max(round, 0)]) = (encoding, decoding);
                bytes[index] = lengths.Sum();
            }
        }

        return
        [
            .. job.Coders.Select((coder, index) => new PeerResult(
                coder, bytes[index], job.Data.Length / Median(encode, index) / 1e6, job.Data.Length / Median(decode, index) / 1e6)),
        ];

        void ForEach(Action<int> block)
        {
            for (int i = 0; i < blocks; i++)
            {
                block(i);
            }
        }
    }

    static Span<byte> Block(byte[] data, int index) => data.AsSpan(index * BlockBytes, BlockBytes);

    static double Seconds(Action work)
    {
        long start = ThreadClock.Nanoseconds;
        work();
        return (ThreadClock.Nanoseconds - start) / 1e9;
    }

    static double Median(double[,] times, int coder) =>
        Enumerable.Range(0, Rounds).Select(round => times[coder, round]).Order().ElementAt(Rounds / 2);
}
