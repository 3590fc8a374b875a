using System.Text;
using Detector.Worker.Contracts;
using Detector.Worker.Pipeline;
using Detector.Worker.Windowing;

namespace Detector.Worker.Tests.Pipeline;

public sealed class NewFeaturesTests
{
    private const long Second = TimeSpan.TicksPerSecond, Forget = 100 * Second;
    private const double N = double.NaN;
    private readonly FeatureSchema _known = FeatureSchema.Of(["a", "b"]);
    private readonly NewFeatures _new = new(6, Forget);
    private double[] _row = [];

    [Fact]
    public void Bind_NameComesASecondTime_HasAColumnBehindTheModels()
    {
        Assert.False(Bind(0, ("a", 1), ("x", 2)));
        Assert.True(Bind(1, ("x", 3), ("b", 4)));

        Assert.Equal(["x"], _new.Names);
        Assert.Equal(3, _row[2]);
    }

    [Fact]
    public void Bind_ValueMissingOrKnown_IsNotNew()
    {
        for (int i = 0; i < 3; i++)
            Assert.False(Bind(i, ("a", 1), ("x", N)));
        Assert.Empty(_new.Names);
    }

    [Fact]
    public void Bind_NamesWithoutEnd_ColumnsAreFewAndPassOn()
    {
        for (int i = 0; i < 1000; i++)
            Bind(i / 10, ($"x{i / 2}", i));
        Assert.Equal(["x0", "x1", "x2", "x3"], _new.Names);

        // They have stayed away by now, but for one.
        Bind(90, ("x1", 1));
        Bind(150, ("y", 1));
        Bind(151, ("y", 2));
        Assert.Equal(["y", "x1", "x2", "x3"], _new.Names);
        Bind(152, ("z", 1));
        Bind(153, ("z", 2));
        Bind(154, ("v", 1));
        Bind(155, ("v", 2));
        Bind(156, ("w", 1));
        Assert.False(Bind(157, ("w", 2)));
        Assert.Equal(["y", "x1", "z", "v"], _new.Names);
    }

    [Fact]
    public void Lay_ColumnPassesToAnotherName_ItsOldValuesAreGone()
    {
        var window = new WindowBuffer(new WindowShape(3, Second, 500 * Second, 0.1), 2);
        var one = new NewFeatures(3, Forget);
        void Lay(int second, string name)
        {
            Bind(one, second, (name, second));
            one.Lay(window, second * Second, _row.AsSpan(2, one.Count));
            window.Add(second * Second, [1, 2]);
        }

        Lay(0, "x");
        Lay(1, "x");
        Assert.Equal([1], one.Values.ToArray());
        Lay(150, "y");
        Lay(151, "y");
        WindowBuffer next = one.Change(window, ["a", "b"], ["b", "y", "never"]);
        Assert.Equal([N, N, N, 2, N, N, 2, 151, N], next.Window.ToArray());
        Assert.Empty(one.Names); // there is no room for a
    }

    [Fact]
    public void Change_OtherModel_HasTheRowsThatAreThere()
    {
        var window = new WindowBuffer(new WindowShape(2, Second, 5 * Second, 0.1), 2);
        for (int i = 0; i < 4; i++)
        {
            Bind(i, ("a", i), ("b", N), ("x", 10 * i));
            _new.Lay(window, i * Second, _row.AsSpan(2, _new.Count));
            window.Add(i * Second, _row.AsSpan(0, 2));
        }

        WindowBuffer next = _new.Change(window, ["a", "b"], ["x", "c"]);

        Assert.Equal([20, N, 30, N], next.Window.ToArray());
        Assert.Equal((2, 3 * Second, 2), (next.Missing, next.NewestTicks, next.RowsHeld));
        Assert.Equal(["a"], _new.Names); // what that model does not know is new again, but for b, which was not there
        Assert.Equal([3], _new.Values.ToArray());
    }

    private bool Bind(int second, params (string Name, double Value)[] values) => Bind(_new, second, values);

    private bool Bind(NewFeatures features, int second, params (string Name, double Value)[] values)
    {
        var sample = new DecodedSample();
        sample.Begin("s"u8);
        sample.Ticks = second * Second;
        foreach ((string name, double value) in values)
        {
            if (double.IsNaN(value))
                sample.AddMissing(Encoding.UTF8.GetBytes(name));
            else
                sample.Add(Encoding.UTF8.GetBytes(name), value);
        }

        _known.Bind(sample, ref _row, out _);
        return features.Bind(sample, _known, ref _row);
    }
}
