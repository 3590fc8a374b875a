namespace Detector.Worker.Web.Api;

/// <summary>Which model serves: decisions, going back, and learning anew.</summary>
internal sealed class ModelsApi(PageServices services)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/models/decisions", context =>
            services.Desk.Decisions(context.Request.Query["pipeline"], context.Request.Query["series"]) is { } decisions
                ? Answer.JsonAsync(context, [.. decisions], WebJson.Default.ModelDecisionArray)
                : Answer.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no such model; name it with ?pipeline=…&series=…"));
        routes.MapPost("/api/v1/models/serve", context => DoAsync(context, request => services.Desk.Serve(request.Pipeline, request.Series, request.Version, By(request))));
        routes.MapPost("/api/v1/models/retrain", context => DoAsync(context, request => services.Desk.Retrain(request.Pipeline, request.Series)));
    }

    private static async Task DoAsync(HttpContext context, Func<ModelRequest, string?> act)
    {
        if (await RequestBody.ReadAsync(context, WebJson.Default.ModelRequest).ConfigureAwait(false) is not { } request)
            return;
        if (act(request) is { } refusal)
            await Answer.ProblemAsync(context, StatusCodes.Status409Conflict, refusal).ConfigureAwait(false);
        else
            await Answer.NothingAsync(context).ConfigureAwait(false);
    }

    private static string By(ModelRequest request) => request.By is { Length: > 0 and <= 100 } name ? name : "api";
}
