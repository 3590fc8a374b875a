using Detector.Worker.Deciding.Maintenance;

namespace Detector.Worker.Web.Api;

/// <summary>Alerts, what people say of them, and maintenance.</summary>
internal sealed class AlertsApi(PageServices services)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/alerts", context => Answer.JsonAsync(
            context, [.. services.Alerts.Latest.Select(entry => AlertRow.Of(entry, services.Feedback))], WebJson.Default.AlertRowArray));
        routes.MapGet("/api/v1/alerts/{id}", context => services.Alerts.Find((string)context.Request.RouteValues["id"]!) is { } entry
            ? Answer.JsonAsync(context, AlertRow.Of(entry, services.Feedback), WebJson.Default.AlertRow)
            : Answer.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no alert of this id."));
        routes.MapPost("/api/v1/alerts/{id}/feedback", MarkAsync);
        routes.MapGet("/api/v1/maintenance", context => Answer.JsonAsync(context, [.. services.Maintenance.Entered], WebJson.Default.MaintenanceWindowArray));
        routes.MapPost("/api/v1/maintenance", EnterAsync);
        routes.MapDelete("/api/v1/maintenance/{id}", context => services.Maintenance.Remove((string)context.Request.RouteValues["id"]!)
            ? Answer.NothingAsync(context)
            : Answer.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no maintenance window of this id."));
    }

    private async Task MarkAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, WebJson.Default.FeedbackRequest).ConfigureAwait(false) is not { } request)
            return;
        string by = request.By is { Length: > 0 and <= 100 } name ? name : "api";
        if (services.Feedback.Mark((string)context.Request.RouteValues["id"]!, request.Verdict, by) is { } refusal)
            await Answer.ProblemAsync(context, StatusCodes.Status404NotFound, refusal).ConfigureAwait(false);
        else
            await Answer.NothingAsync(context).ConfigureAwait(false);
    }

    private async Task EnterAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, WebJson.Default.MaintenanceRequest).ConfigureAwait(false) is not { } request)
            return;
        DateTimeOffset now = services.Clock.GetUtcNow();
        var window = new MaintenanceWindow(Guid.NewGuid().ToString("N"), request.Pipelines, request.Series, request.From ?? now, request.To, request.Comment);
        if (window.Error() is { } error)
        {
            await Answer.ProblemAsync(context, StatusCodes.Status400BadRequest, error).ConfigureAwait(false);
            return;
        }

        try
        {
            services.Maintenance.Enter(window, now);
            await Answer.JsonAsync(context, window, WebJson.Default.MaintenanceWindow, StatusCodes.Status201Created).ConfigureAwait(false);
        }
        catch (InvalidOperationException full)
        {
            await Answer.ProblemAsync(context, StatusCodes.Status409Conflict, full.Message).ConfigureAwait(false);
        }
    }
}
