namespace Detector.Worker.Cli.Quickstart;

/// <summary>
/// A pump at work, one sample a second: its speed and valve wander, flow, pressure, current, temperatures and vibration follow from them by
/// simple physics, and every sensor has noise. The same seed gives the same samples.
/// </summary>
internal sealed class PumpSimulator
{
    /// <summary>Names of the sensors, in the order of <see cref="Next"/>.</summary>
    public static readonly IReadOnlyList<string> Sensors =
        ["speed", "valve", "flow", "pressure", "current", "motor_temperature", "bearing_temperature", "vibration"];

    private readonly Random _random;
    private readonly double _phase;
    private readonly double _size;
    private double _speedDrift;
    private double _valveDrift;
    private double _motor;
    private double _bearing;
    private double _stuck = double.NaN;
    private long _second;

    public PumpSimulator(int seed)
    {
#pragma warning disable CA5394 // Noise for a simulation, not a secret.
        _random = new Random(seed);
        _phase = _random.NextDouble() * Math.Tau;
        _size = 0.8 + 0.4 * _random.NextDouble();
#pragma warning restore CA5394
        _motor = 48;
        _bearing = 41;
    }

    /// <summary>The next second's sample.</summary>
    /// <param name="fault">The fault that is on, null when all is well.</param>
    /// <param name="severity">How far it has developed, 0…1.</param>
    /// <param name="values">One value a sensor, written.</param>
    public void Next(FaultKind? fault, double severity, Span<double> values)
    {
        _second++;
        _speedDrift += -0.02 * _speedDrift + 2.0 * Gaussian();
        _valveDrift += -0.02 * _valveDrift + 0.15 * Gaussian();
        double speed = 1480 + 60 * Math.Sin(Math.Tau * _second / 240 + _phase) + _speedDrift;
        double valve = 62 + 8 * Math.Sin(Math.Tau * _second / 410 + 2 * _phase) + _valveDrift;
        double flow = _size * 42 * (speed / 1480) * Math.Pow(valve / 62, 0.8);
        double pressure = 5.2 * Math.Pow(speed / 1480, 2) - 0.00055 * flow * flow / (_size * _size);
        double load = flow * pressure / (_size * 42 * 4.2);
        double current = _size * (9 + 12 * load) * (fault == FaultKind.WindingShort ? 1 + 0.12 * severity : 1);

        double cooling = fault == FaultKind.CoolingLoss ? 1 + 0.45 * severity : 1;
        _motor += (22 + 26 * cooling * Math.Pow(current / (_size * 21), 2) - _motor) / 45;
        double wear = fault == FaultKind.BearingWear ? severity : 0;
        _bearing += (24 + 17 * speed / 1480 + 9 * wear - _bearing) / 60;
        double leak = fault == FaultKind.Leak ? severity : 0;
        double vibration = 1.9 * Math.Pow(speed / 1480, 2) * (1 + 0.5 * wear);

        values[0] = speed + 2.5 * Gaussian();
        values[1] = valve + 0.15 * Gaussian();
        values[2] = flow * (1 - 0.15 * leak) + 0.25 * _size * Gaussian();
        values[3] = Measured(pressure * (1 - 0.1 * leak) + 0.025 * Gaussian(), fault);
        values[4] = current + 0.12 * _size * Gaussian();
        values[5] = _motor + 0.15 * Gaussian();
        values[6] = _bearing + 0.12 * Gaussian();
        values[7] = vibration * Math.Exp(0.05 * Gaussian());
    }

    private double Measured(double pressure, FaultKind? fault)
    {
        if (fault != FaultKind.StuckPressureSensor)
            _stuck = double.NaN;
        else if (double.IsNaN(_stuck))
            _stuck = pressure;
        return double.IsNaN(_stuck) ? pressure : _stuck;
    }

    private double Gaussian()
    {
#pragma warning disable CA5394
        return Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());
#pragma warning restore CA5394
    }
}
