using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Detector.Models.Scaling;

/// <summary>
/// What the calendar alone lets expect of each feature: its mean in each half-hour of a week of local time, less its mean over all. It is taken from every
/// row before anything else looks at it and put back on what is expected, so that no network, forecast or scale has to know the hour: a value is judged by how
/// unusual it is for the time. Immutable.
/// </summary>
public sealed class Season
{
    /// <summary>Half-hours of a week, from Sunday 0:00 on.</summary>
    public const int Bins = 7 * BinsOfDay;

    internal const int BinsOfDay = 48;
    private const long QuarterTicks = 15 * TimeSpan.TicksPerMinute; // clocks are set by quarters of an hour or more
    private readonly TimeZoneInfo _zone;
    private readonly HashSet<DateOnly> _holidays;
    private readonly float[] _profile; // (Bins, F)

    /// <param name="timeZone">IANA name.</param>
    /// <param name="holidays">Days that count as Sundays.</param>
    /// <param name="periodTicks">Time between two rows of a window.</param>
    /// <param name="profile">(<see cref="Bins"/>, F) 32-bit floats in the units of the features, little endian.</param>
    /// <exception cref="ArgumentException">The time zone is not known here, or the profile has another size.</exception>
    [JsonConstructor]
    public Season(string timeZone, IReadOnlyList<DateOnly> holidays, long periodTicks, byte[] profile)
    {
        ArgumentNullException.ThrowIfNull(holidays);
        ArgumentNullException.ThrowIfNull(profile);
        if (profile.Length == 0 || profile.Length % (Bins * sizeof(float)) != 0)
            throw new ArgumentException($"A season of {profile.Length} bytes is not a whole number of features.", nameof(profile));
        (TimeZone, Holidays, PeriodTicks, Profile) = (timeZone, holidays, periodTicks, profile);
        _zone = Zone(timeZone);
        _holidays = [.. holidays];
        _profile = MemoryMarshal.Cast<byte, float>(profile).ToArray();
        Features = _profile.Length / Bins;
    }

    public string TimeZone { get; }

    public IReadOnlyList<DateOnly> Holidays { get; }

    public long PeriodTicks { get; }

    public byte[] Profile { get; }

    /// <summary>F.</summary>
    [JsonIgnore]
    public int Features { get; }

    /// <summary>The same season with the holidays of a later year.</summary>
    public Season With(IReadOnlyList<DateOnly> holidays) => new(TimeZone, holidays, PeriodTicks, Profile);

    /// <summary>The same season with other features.</summary>
    /// <param name="places">For each feature its place here, −1 for one to which the calendar adds nothing.</param>
    public Season On(IReadOnlyList<int> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        float[] profile = new float[Bins * places.Count];
        for (int i = 0; i < profile.Length; i++)
            profile[i] = places[i % places.Count] is >= 0 and var place ? _profile[(i / places.Count * Features) + place] : 0;
        return new Season(TimeZone, Holidays, PeriodTicks, MemoryMarshal.AsBytes<float>(profile).ToArray());
    }

    /// <summary>What the calendar adds to a feature at a time, in its units.</summary>
    public double Of(int feature, long ticks) => _profile[Bin(_zone, _holidays, ticks) * Features + feature];

    /// <summary>What the calendar adds at a time: (F) in the units of the features.</summary>
    public ReadOnlySpan<float> At(long ticks) => _profile.AsSpan(Bin(_zone, _holidays, ticks) * Features, Features);

    /// <summary>Takes what the calendar adds out of the rows of a window.</summary>
    /// <param name="ticks">Event time of the newest row, UTC ticks.</param>
    /// <param name="rows">(T, F) raw values, oldest row first.</param>
    internal void Subtract(long ticks, Span<double> rows)
    {
        long quarter = long.MinValue;
        int bin = 0;
        for (int at = rows.Length - Features; at >= 0; at -= Features, ticks -= PeriodTicks)
        {
            if (ticks / QuarterTicks != quarter)
                (quarter, bin) = (ticks / QuarterTicks, Bin(_zone, _holidays, ticks));
            ReadOnlySpan<float> usual = _profile.AsSpan(bin * Features, Features);
            for (int f = 0; f < usual.Length; f++)
                rows[at + f] -= usual[f];
        }
    }

    /// <summary>A time zone by its name.</summary>
    /// <exception cref="ArgumentException">It is not known here.</exception>
    internal static TimeZoneInfo Zone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
        ? zone
        : throw new ArgumentException($"The time zone '{name}' is not known to this machine: write an IANA name, such as Europe/Berlin, and install tzdata.", nameof(name));

    /// <summary>The half-hour of the week that a time falls into.</summary>
    internal static int Bin(TimeZoneInfo zone, HashSet<DateOnly> holidays, long ticks)
    {
        DateTime local = Local(zone, ticks);
        int day = holidays.Count > 0 && holidays.Contains(DateOnly.FromDateTime(local)) ? 0 : (int)local.DayOfWeek;
        return day * BinsOfDay + (int)(local.TimeOfDay.Ticks / (2 * QuarterTicks));
    }

    internal static DateTime Local(TimeZoneInfo zone, long ticks) => TimeZoneInfo.ConvertTimeFromUtc(new DateTime(ticks, DateTimeKind.Utc), zone);
}
