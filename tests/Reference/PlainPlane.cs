namespace Lacuna.Tests.Reference;

/// <summary>Reads a lossless plane: docs/format.md, section 7.</summary>
sealed class PlainPlane
{
    readonly int width;
    readonly byte[] samples;
    readonly PlainContext[] zero = Contexts(42);
    readonly PlainContext[] sign = Contexts(21);
    readonly PlainContext[][] lengths = [.. Enumerable.Range(0, 21).Select(_ => Contexts(8))];
    readonly PlainContext[][] rests = [.. Enumerable.Range(0, 8).Select(n => Contexts(1 << n))];

    PlainPlane(int width, int height) => (this.width, samples) = (width, new byte[width * height]);

    public static byte[] Decode(ReadOnlySpan<byte> stream, int width, int height)
    {
        var bytes = new PlainBytes(stream);
        byte method = bytes.U8();
        PlainFault.Unless(method <= 2, "method of the plane");
        var plane = new PlainPlane(width, height);
        if (method == 2)
        {
            plane.DecodeErrors(new PlainBinary(bytes.Rest.ToArray()));
            return plane.samples;
        }

        if (method == 0)
        {
            Array.Fill(plane.samples, bytes.U8());
        }
        else
        {
            bytes.Take((ulong)plane.samples.Length).CopyTo(plane.samples);
        }

        PlainFault.Unless(bytes.AtEnd, "bytes after the plane");
        return plane.samples;
    }

    void DecodeErrors(PlainBinary coder)
    {
        int exact = 1;
        for (int i = 0; i < samples.Length; i++)
        {
            (int prediction, int c) = Predict(i / width, i % width);
            int error = 0;
            if (coder.Bit(zero[2 * c + exact]) == 1)
            {
                bool negative = coder.Bit(sign[c]) == 1;
                int n = coder.Tree(lengths[c], 3);
                error = (1 << n) + coder.Tree(rests[n], n);
                error = negative ? -error : error;
            }

            exact = error == 0 ? 1 : 0;
            samples[i] = (byte)(prediction + error);
        }

        coder.Finish();
    }

    /// <summary>A sample's prediction and its <c>c</c>.</summary>
    (int Prediction, int C) Predict(int row, int column)
    {
        int w, n, nw, ne;
        if (row == 0)
        {
            w = n = nw = ne = column == 0 ? 0 : At(0, column - 1);
        }
        else
        {
            n = At(row - 1, column);
            w = column == 0 ? n : At(row, column - 1);
            nw = column == 0 ? n : At(row - 1, column - 1);
            ne = column == width - 1 ? n : At(row - 1, column + 1);
        }

        int prediction = Math.Clamp(w + n - nw, Math.Min(w, n), Math.Max(w, n));
        int activity = Math.Min(6, (int)Math.Log2(1 + Math.Abs(w - nw) + Math.Abs(nw - n) + Math.Abs(n - ne)));
        int level = prediction switch { 0 => 0, 255 => 1, _ => 2 };
        return (prediction, 3 * activity + level);
    }

    byte At(int row, int column) => samples[row * width + column];

    static PlainContext[] Contexts(int count) => [.. Enumerable.Range(0, count).Select(_ => new PlainContext())];
}
