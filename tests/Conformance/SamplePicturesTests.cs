using System.Security.Cryptography;

namespace Lacuna.Tests.Conformance;

public class SamplePicturesTests
{
    [Theory]
    [InlineData("rgb-61x43", "ecbfa52d383cf845")]
    [InlineData("grey-33x97", "bb744f5b508b5563")]
    [InlineData("rgba-120x75", "3bb1447a68caf1f9")]
    [InlineData("grey-alpha-17x9", "64ff6bf3b4d08ffe")]
    [InlineData("rgb-1100x37", "fa065250b5cda5a4")]
    public void A_sample_picture_has_the_pixels_that_the_vectors_were_made_of(string name, string sha256)
    {
        byte[] pixels = SamplePictures.All.Single(sample => sample.Name == name).Make().Pixels;
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(pixels).AsSpan(0, 8)));
    }
}
