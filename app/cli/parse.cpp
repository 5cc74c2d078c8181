#include "app/cli/parse.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/commands.h"

namespace rw::cli {

namespace {

void addPipeline(CLI::App& command, PipelineOptions& options, std::vector<std::string>& sets) {
    command.add_option("FILE", options.file, "pipeline file (.rill)")->required();
    command.add_option("--set", sets, "variable as name=value; may be given again")
        ->take_all()
        ->allow_extra_args(false)
        ->check([](const std::string& text) {
            return text.find('=') == std::string::npos || text.front() == '=' ? "write it as name=value" : "";
        });
}

void takeSets(const std::vector<std::string>& sets, PipelineOptions& options) {
    for (const std::string& set : sets) {
        const std::size_t equals = set.find('=');
        options.variables[set.substr(0, equals)] = set.substr(equals + 1);
    }
}

/// A duration option; the text is checked while parsing.
CLI::Option* addDuration(CLI::App& command, const char* name, Millis& into, const char* help) {
    return command
        .add_option_function<std::string>(
            name, [&into](const std::string& text) { into = *parseDuration(text); }, help)
        ->check([](const std::string& text) {
            const Result<Millis> parsed = parseDuration(text);
            return parsed.ok() ? std::string() : english(parsed.error());
        });
}

}  // namespace

Parsed parseAndRun(int argc, char** argv) {
    CLI::App app("Rillwright: designs stream pipelines, runs them, shows them live.", "rillwright");
    Parsed parsed;
    app.set_version_flag("--version", RILLWRIGHT_VERSION);
    app.add_option("FILE", parsed.file, "pipeline to open in the designer");
    app.add_flag("--run", parsed.runAtOnce, "run it at once");

    std::vector<std::string> sets;
    RunCommand run;
    std::string executor = "pool";
    CLI::App& runApp = *app.add_subcommand("run", "run a pipeline without a window");
    addPipeline(runApp, run.pipeline, sets);
    runApp.add_option("--batch-rows", run.run.batchRows, "rows in a batch, at most")
        ->check(CLI::Range(1, 1'000'000));
    runApp.add_option("--parallelism", run.parallelism, "tasks per keyed node")->check(CLI::Range(1, 256));
    runApp.add_option("--metrics", run.metricsFile, "write metrics to this JSON file");
    runApp.add_option("--charts", run.chartsFolder, "write a PNG per chart to this folder");
    runApp.add_option("--executor", executor, "pool or seeded")->check(CLI::IsMember({"pool", "seeded"}));
    runApp.add_option("--seed", run.run.seed, "seed of the seeded executor");
    addDuration(runApp, "--for", run.duration, "stop after this time, as 20s");

    ValidateCommand validating;
    CLI::App& validateApp = *app.add_subcommand("validate", "list every problem of a pipeline");
    addPipeline(validateApp, validating.pipeline, sets);
    validateApp.add_flag("--json", validating.json, "as JSON");

    RenderCommand rendering;
    std::string size, theme = "dark";
    CLI::App& renderApp = *app.add_subcommand("render", "run a pipeline and draw one chart");
    addPipeline(renderApp, rendering.pipeline, sets);
    renderApp.add_option("--node", rendering.node, "id of the chart node")->required();
    renderApp.add_option("--out", rendering.out, "file to write, .png or .svg")->required();
    renderApp.add_option("--theme", theme, "dark or light")->check(CLI::IsMember({"dark", "light"}));
    renderApp.add_option("--size", size, "as 1200x600")->check([&rendering](const std::string& text) {
        char rest = 0;
        const bool fits =
            std::sscanf(text.c_str(), "%dx%d%c", &rendering.width, &rendering.height, &rest) == 2 &&
            rendering.width >= 100 && rendering.height >= 80 && rendering.width <= 10'000 &&
            rendering.height <= 10'000;
        return fits ? "" : "write it as 1200x600, from 100x80 to 10000x10000";
    });
    addDuration(renderApp, "--for", rendering.duration, "stop after this time, as 20s");

    ExplainCommand explaining;
    CLI::App& explainApp =
        *app.add_subcommand("explain", "the physical plan: tasks, exchanges, state, watermarks");
    addPipeline(explainApp, explaining.pipeline, sets);
    CLI::Option* explainRun =
        explainApp.add_flag("--run", explaining.run, "run it, and explain what the run shows");
    addDuration(explainApp, "--for", explaining.duration, "stop the run after this time, as 20s")
        ->needs(explainRun);

    ExportCommand exporting;
    CLI::App& exportApp = *app.add_subcommand("export", "write a pipeline for Apache Flink or Apache Spark");
    addPipeline(exportApp, exporting.pipeline, sets);
    exportApp.add_option("--to", exporting.to, "flink-sql, pyflink or pyspark")
        ->required()
        ->check(CLI::IsMember({"flink-sql", "pyflink", "pyspark"}));
    exportApp.add_option("-o,--out", exporting.out, "file to write; without it, standard output");
    exportApp.add_flag("--json", exporting.json, "the verdicts as JSON, instead of the text itself");

    bool nodesJson = false;
    CLI::App& nodesApp = *app.add_subcommand("nodes", "the node types and their parameters");
    nodesApp.add_flag("--json", nodesJson, "as JSON");
    app.require_subcommand(0, 1);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        parsed.status = app.exit(error) == 0 ? 0 : 2;
        return parsed;
    }
    if (runApp.parsed()) {
        takeSets(sets, run.pipeline);
        run.run.executor = executor == "seeded" ? ExecutorKind::Seeded : ExecutorKind::Pool;
        parsed.status = cli::run(run);
    } else if (validateApp.parsed()) {
        takeSets(sets, validating.pipeline);
        parsed.status = cli::validate(validating);
    } else if (renderApp.parsed()) {
        takeSets(sets, rendering.pipeline);
        rendering.dark = theme == "dark";
        parsed.status = cli::render(rendering);
    } else if (explainApp.parsed()) {
        takeSets(sets, explaining.pipeline);
        parsed.status = cli::explain(explaining);
    } else if (exportApp.parsed()) {
        takeSets(sets, exporting.pipeline);
        parsed.status = cli::exportTo(exporting);
    } else if (nodesApp.parsed()) {
        parsed.status = cli::nodes(nodesJson);
    } else {
        parsed.designer = true;
    }
    return parsed;
}

}  // namespace rw::cli
