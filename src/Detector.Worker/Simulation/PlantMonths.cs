namespace Detector.Worker.Simulation;

/// <summary>
/// A pump in a plant over months of event time, one sample every ten minutes: shifts on weekdays, a warm-up of the motor on Monday mornings, days and nights
/// outside, and one change from a given time on. Flow, pressure, current, temperatures and vibration follow from speed, product and weather; every sensor has
/// noise. The same seed gives the same samples; what is label is known and never part of them.
/// </summary>
internal sealed class PlantMonths
{
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <summary>Names of the sensors, in the order of <see cref="Next"/>.</summary>
    public static readonly IReadOnlyList<string> Sensors =
        ["speed", "flow", "pressure", "current", "ambient", "motor_temperature", "bearing_temperature", "vibration"];

    private const double SeasonDegrees = 14, FaultDegrees = 8, FaultVibration = 0.5, Leak = 0.3;
    private readonly Random _random;
    private readonly PlantChange _change;
    private readonly double _size;
    private double _weather;
    private double _demand;
    private double _motor = 40;
    private double _bearing = 35;

    /// <param name="changeAt">When the change comes, or begins.</param>
    /// <param name="changeTakes">How long a change takes that is not there at once.</param>
    public PlantMonths(int seed, PlantChange change, DateTimeOffset start, DateTimeOffset changeAt, TimeSpan changeTakes)
    {
#pragma warning disable CA5394 // Noise for a simulation, not a secret.
        _random = new Random(seed);
        _size = 0.8 + 0.4 * _random.NextDouble();
#pragma warning restore CA5394
        (_change, Now, ChangeAt, ChangeTakes) = (change, start, changeAt, changeTakes);
    }

    /// <summary>Event time of the next sample.</summary>
    public DateTimeOffset Now { get; private set; }

    public DateTimeOffset ChangeAt { get; }

    public TimeSpan ChangeTakes { get; }

    /// <summary>Faults that it has besides.</summary>
    public IReadOnlyList<PlantFault> Faults { get; init; } = [];

    /// <summary>Whether it has such a fault at a time.</summary>
    public bool IsFaulty(DateTimeOffset time) => Faults.Any(fault => fault.Covers(time));

    /// <summary>How far the change has come at a time, 0…1.</summary>
    public double Progress(DateTimeOffset time)
    {
        double share = time < ChangeAt ? 0 : Math.Min(1, (time - ChangeAt) / ChangeTakes);
        return _change is PlantChange.Sensor or PlantChange.Product or PlantChange.Recipe or PlantChange.Mode ? Math.Ceiling(share) : share;
    }

    /// <summary>The next sample.</summary>
    /// <param name="values">One value a sensor, written.</param>
    public void Next(Span<double> values)
    {
        double change = Progress(Now), week = (Now.TimeOfDay + TimeSpan.FromDays((int)Now.DayOfWeek)).TotalDays, hour = Now.TimeOfDay.TotalHours;
        bool isShift = week is >= 1 and < 6 && hour is >= 6 and < 22;
        bool isMondayStart = Now.DayOfWeek == DayOfWeek.Monday && hour is >= 5 and < 6;
        _weather += -0.02 * _weather + 0.12 * Gaussian();
        _demand += -0.1 * _demand + 0.25 * Gaussian();
        double season = _change is PlantChange.Season or PlantChange.SlowFault ? SeasonDegrees * change : 0;
        double product = _change == PlantChange.Product ? change : 0;
        double fault = _change == PlantChange.SlowFault ? change : Has(PlantFaultKind.Bearing) ? 2 : 0;
        double wear = _change == PlantChange.Wear ? change : 0;
        double recipe = _change == PlantChange.Recipe ? change : 0;
        bool stands = _change == PlantChange.Mode && change > 0 && !isShift && !isMondayStart && Now.Minute < 30;
        double batch = _change == PlantChange.Batch && Now is { DayOfWeek: DayOfWeek.Sunday, Hour: 2 } ? 9 : 0;

        double speed = (stands ? 600 : isShift ? 1450 : isMondayStart ? 1550 : 1250) - 90 * product + 25 * _demand;
        double ambient = 12 + 5 * Math.Sin((hour - 9) / 24 * Math.Tau) + 2 * _weather + season;
        double flow = _size * 42 * (speed / 1480) * (1 - 0.004 * wear) * (1 - 0.08 * product);
        double pressure = 5.2 * Math.Pow(speed / 1480, 2 - 3.5 * recipe) * (1 + 0.06 * product);
        double current = _size * (9 + 12 * flow * pressure / (_size * 42 * 5.2)) * (1 + 0.1 * product) + batch;
        _motor += (ambient + 26 * Math.Pow(current / (_size * 21), 2) - _motor) / 6;
        _bearing += (ambient + 15 * speed / 1480 + FaultDegrees * fault - _bearing) / 8;
        double vibration = 1.9 * Math.Pow(speed / 1480, 2) * (1 + FaultVibration * fault);

        values[0] = speed + 4 * Gaussian();
        values[1] = flow * (Has(PlantFaultKind.Leak) ? 1 - Leak : 1) + 0.25 * _size * Gaussian();
        values[2] = pressure + 0.03 * Gaussian() + (_change == PlantChange.Sensor ? 0.35 * change : 0);
        values[3] = current + 0.15 * _size * Gaussian();
        values[4] = ambient + 0.2 * Gaussian();
        values[5] = _motor + 0.3 * Gaussian();
        values[6] = _bearing + 0.3 * Gaussian();
        values[7] = vibration * Math.Exp(0.05 * Gaussian());
        Now += Period;
    }

    private bool Has(PlantFaultKind kind) => Faults.Any(fault => fault.Kind == kind && fault.Covers(Now));

    private double Gaussian()
    {
#pragma warning disable CA5394
        return Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());
#pragma warning restore CA5394
    }
}
