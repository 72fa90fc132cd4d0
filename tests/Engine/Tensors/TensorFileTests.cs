namespace Lacuna.Tests.Engine.Tensors;

public class TensorFileTests
{
    [Fact]
    public void Bfloat16_is_the_upper_half_of_a_float32()
    {
        (float[] matrix, float[] vector) = TensorBytes.Read(TensorBytes.Small());
        Assert.Equal([1f, -2f, 0f, -0f, float.PositiveInfinity, BitConverter.UInt32BitsToSingle(0x10000)], matrix);
        Assert.True(float.IsNegative(matrix[3]));
        Assert.Equal([10f, float.Epsilon], vector);
    }

    [Fact]
    public void A_file_that_ends_too_soon_is_refused_wherever_it_ends()
    {
        byte[] file = TensorBytes.Small();
        for (int length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => TensorBytes.Read(file.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData("m", new[] { 3, 2 })]
    [InlineData("m", new[] { 6 })]
    [InlineData("m", new[] { 2, 3, 1 })]
    [InlineData("m", new int[0])]
    [InlineData("v", new[] { 3 })]
    [InlineData("w", new[] { 2 })]
    [InlineData("__metadata__", new[] { 1 })]
    public void A_tensor_that_is_not_there_or_of_another_shape_is_refused(string name, int[] shape) =>
        Assert.Throws<InvalidDataException>(() => TensorBytes.Read(TensorBytes.Small(), name, shape));

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"m":7}""")]
    [InlineData("""{"m":{}}""")]
    [InlineData("""{"m":{"dtype":null,"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"m":{"dtype":4,"shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"m":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":1,"data_offsets":[0,4]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[-1,-1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[99999999999],"data_offsets":[0,4]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1073741824],"data_offsets":[0,0]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":[]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":{"0":0,"1":4}}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":["0","4"]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[1],"data_offsets":[0,99999999999999999999]}}""")]
    [InlineData("""{"m":{"dtype":"BF16","shape":[1],"data_offsets":[9223372036854775806,-9223372036854775808]}}""")]
    [InlineData("""{"m":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775804,-9223372036854775804]}}""")]
    public void A_hostile_header_is_refused(string json) =>
        Assert.Throws<InvalidDataException>(() => TensorBytes.Read(TensorBytes.Make(json, new byte[8]), "m", 1));

    [Fact]
    public void A_header_that_is_not_text_or_too_deep_is_refused()
    {
        byte[] wild = TensorBytes.Make([(byte)'{', (byte)'"', 0xFF, 0xC0, (byte)'"'], []);
        Assert.Throws<InvalidDataException>(() => TensorBytes.Read(wild, "m", 1));
        Assert.Throws<InvalidDataException>(() => TensorBytes.Read(TensorBytes.Make(new string('[', 100_000)), "m", 1));
    }

    [Fact]
    public void A_header_length_past_the_file_is_refused()
    {
        byte[] file = TensorBytes.Small();
        foreach (ulong length in new[] { (ulong)file.Length - 7, ulong.MaxValue, ulong.MaxValue - 7, 1ul << 63, 1ul << 31 })
        {
            BitConverter.TryWriteBytes(file, length);
            Assert.Throws<InvalidDataException>(() => TensorBytes.Read(file));
        }
    }
}
