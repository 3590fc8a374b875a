using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Detector.Worker.Pipeline;

namespace Detector.Worker.Web.Api;

/// <summary>
/// What changes, as server-sent events, gathered for a second: <c>overview</c> with the rows of series that changed, <c>alerts</c> when there is
/// another revision of one, and <c>series</c> with the new points of the one that the query names.
/// </summary>
internal sealed class EventsApi(PageServices services, IReadiness readiness)
{
    /// <summary>Streams at once; each costs a connection and a look at every series a second.</summary>
    private const int MaxStreams = 32;

    /// <summary>Rounds without an event after which a comment keeps the connection alive.</summary>
    private const int QuietRounds = 15;
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);
    private int _streams;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/events", FollowAsync);

    private async Task FollowAsync(HttpContext context)
    {
        if (Interlocked.Increment(ref _streams) > MaxStreams)
        {
            Interlocked.Decrement(ref _streams);
            await Answer.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, $"{MaxStreams} pages are open already; close one.").ConfigureAwait(false);
            return;
        }

        var lifetime = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.StartAsync(stop.Token).ConfigureAwait(false);
            await SendAsync(context, new Changes(services, SeriesApi.Find(services, context)), stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The page was closed, or the service stops.
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private async Task SendAsync(HttpContext context, Changes changes, CancellationToken stop)
    {
        int quiet = 0;
        while (true)
        {
            bool any = false;
            if (changes.Rows() is { Count: > 0 } rows)
            {
                var update = new OverviewUpdate(services.Clock.GetUtcNow().ToUnixTimeMilliseconds(), readiness.Missing, rows);
                await WriteAsync(context, "overview", update, WebJson.Default.OverviewUpdate, stop).ConfigureAwait(false);
                any = true;
            }

            if (changes.Alerts() is { } version)
            {
                await WriteAsync(context, "alerts", version, WebJson.Default.Int32, stop).ConfigureAwait(false);
                any = true;
            }

            if (changes.Points() is { } points)
            {
                await WriteAsync(context, "series", points, WebJson.Default.SeriesDetail, stop).ConfigureAwait(false);
                any = true;
            }

            quiet = any ? 0 : quiet + 1;
            if (quiet >= QuietRounds)
            {
                quiet = 0;
                await context.Response.WriteAsync(":\n\n", stop).ConfigureAwait(false);
            }

            await context.Response.Body.FlushAsync(stop).ConfigureAwait(false);
            await Task.Delay(s_round, services.Clock, stop).ConfigureAwait(false);
        }
    }

    private static async Task WriteAsync<T>(HttpContext context, string name, T value, JsonTypeInfo<T> type, CancellationToken stop)
    {
        // JSON is written without line breaks, so that one line is one event.
        await context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"event: {name}\ndata: "), stop).ConfigureAwait(false);
        await JsonSerializer.SerializeAsync(context.Response.Body, value, type, stop).ConfigureAwait(false);
        await context.Response.WriteAsync("\n\n", stop).ConfigureAwait(false);
    }

    /// <summary>What one page has not seen yet.</summary>
    private sealed class Changes(PageServices services, SeriesState? series)
    {
        private readonly Dictionary<SeriesState, (long At, string State)> _seen = [];
        private int _alerts = -1;
        private long _points = series?.History?.Since(0) is [.., var last] ? last.Ticks : 0;

        public List<SeriesRow> Rows()
        {
            var rows = new List<SeriesRow>();
            int present = 0;
            foreach (SeriesState candidate in services.Pipelines.SelectMany(pipeline => pipeline.Series))
            {
                present++;
                (long, string) now = (candidate.Status.Ticks, SeriesRow.StateOf(candidate));
                if (_seen.TryGetValue(candidate, out (long, string) before) && before == now)
                    continue;
                _seen[candidate] = now;
                rows.Add(SeriesRow.Of(candidate));
            }

            if (_seen.Count > present)
                rows.AddRange(Gone());
            return rows;
        }

        /// <summary>Series that have made room for others, which the page is to forget, as they are forgotten here.</summary>
        private List<SeriesRow> Gone()
        {
            HashSet<SeriesState> present = [.. services.Pipelines.SelectMany(pipeline => pipeline.Series)];
            SeriesState[] gone = [.. _seen.Keys.Where(known => !present.Contains(known))];
            foreach (SeriesState known in gone)
                _seen.Remove(known);
            // One that went and came again is another state under the same name.
            return [.. gone.Where(known => !present.Any(other => other.Key == known.Key && other.Pipeline == known.Pipeline)).Select(SeriesRow.Gone)];
        }

        public int? Alerts()
        {
            int version = unchecked(services.Alerts.Version + services.Feedback.Version);
            if (version == _alerts)
                return null;
            _alerts = version;
            return version;
        }

        public SeriesDetail? Points()
        {
            if (series is null)
                return null;
            // The last point may still give way to a higher one of its stretch: it is told again.
            SeriesDetail detail = SeriesDetail.Of(series, _points - 1);
            if (detail.At.Count == 0)
                return null;
            long newest = detail.At[^1] * TimeSpan.TicksPerMillisecond + DateTime.UnixEpoch.Ticks;
            bool news = newest > _points;
            _points = newest;
            return news ? detail : null;
        }
    }
}
