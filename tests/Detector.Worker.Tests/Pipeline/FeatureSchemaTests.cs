using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Tests.Pipeline;

public sealed class FeatureSchemaTests
{
    private double[] _row = [];

    [Fact]
    public void Bind_FeaturesInAnotherOrder_FindsTheirColumns()
    {
        var schema = new FeatureSchema(10);
        Bind(schema, ("a", 1), ("b", 2));
        Assert.Equal(2, Bind(schema, ("b", 4), ("a", 3)));
        Assert.Equal([3, 4], _row[..2]);
    }

    [Fact]
    public void Bind_NewFeature_GrowsTheRow()
    {
        var schema = new FeatureSchema(10);
        Bind(schema, ("a", 1));
        Assert.Equal(2, Bind(schema, ("b", 2)));
        Assert.Equal([double.NaN, 2], _row[..2]);
        Assert.Equal(["a", "b"], schema.Names);
    }

    [Fact]
    public void Bind_FrozenOrFull_LeavesUnknownFeaturesOut()
    {
        var schema = new FeatureSchema(2);
        Bind(schema, ("a", 1));
        schema.Freeze();
        Assert.Equal(1, Bind(schema, ("a", 1), ("b", 2)));
        schema.Thaw();
        Assert.Equal(2, Bind(schema, ("a", 1), ("b", 2), ("c", 3)));
        Assert.True(schema.IsFull);
    }

    [Fact]
    public void Bind_NothingKnownIsMeasured_IsZero()
    {
        var schema = new FeatureSchema(2);
        schema.Freeze(["a"]);
        Assert.Equal(0, Bind(schema, ("a", double.NaN), ("b", 1)));
    }

    private int Bind(FeatureSchema schema, params (string Name, double Value)[] values)
    {
        var sample = new DecodedSample();
        sample.Begin("s"u8);
        foreach ((string name, double value) in values)
            sample.Add(System.Text.Encoding.UTF8.GetBytes(name), value);
        return schema.Bind(sample, ref _row, out _);
    }
}
