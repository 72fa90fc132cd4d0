using Lacuna.Cli.Commands;
using Lacuna.Codecs;
using Lacuna.Codecs.Images;
using Lacuna.Streams;

namespace Lacuna.Tests.Cli.Commands;

public class StatusTextTests
{
    static readonly ImageInfo Info = new(7, 640, 480, PixelLayout.Rgb, 50, 0x0123456789abcdef, false);

    [Fact]
    public void Every_status_has_a_line_of_its_own()
    {
        StreamStatus[] faults = [.. Enum.GetValues<StreamStatus>().Where(status => status != StreamStatus.Done)];
        string[] lines = [.. faults.Select(status => StatusText.Describe(status, Info, 100))];
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.All(lines, line => Assert.DoesNotContain("status", line, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain('\n', line));
    }

    [Fact]
    public void An_unknown_model_is_named_by_its_hash() => Assert.Equal(
        "needs model 0123456789abcdef, which this program does not hold", StatusText.Describe(StreamStatus.UnknownModel, Info, 100));

    [Fact]
    public void A_limit_is_named_with_the_option_that_raises_it()
    {
        Assert.Equal(
            "its 640 x 480 pixels are more than the limit of 100; --max-pixels raises it",
            StatusText.Describe(StreamStatus.LimitExceeded, Info, 100));
        Assert.Equal(
            "its picture is larger than the limit of 100 pixels; --max-pixels raises it",
            StatusText.Describe(StreamStatus.LimitExceeded, default, 100));
    }
}
