#include "app/cli/parse.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <functional>
#include <optional>
#include <sstream>

#include "app/cli/commands.h"
#include "core/base/table_text.h"
#include "core/deploy/translation.h"
#include "core/pipeline/checks/settings_check.h"

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

/// Of commands that run nothing: running a pipeline is a consent to the files that it reads.
void addTrusted(CLI::App& command, PipelineOptions& options) {
    command.add_flag("--trusted", options.trusted,
                     "look at files outside the folder of the pipeline, too: you know who wrote it");
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

void addCheckpointFolder(CLI::App& command, std::string& folder) {
    command.add_option("--checkpoint-dir", folder,
                       "keep checkpoints in this folder; without it, in the first SQLite file that is "
                       "written, else in the user's data folder");
}

void addCheckpoints(CLI::App& command, RunCommand& run) {
    addCheckpointFolder(command, run.checkpointFolder);
    addDuration(command, "--checkpoint-every", run.checkpointEvery,
                "take a checkpoint so often, as 10s; 0s: none. Without it: as the pipeline says, where a "
                "source does not end by itself");
    command
        .add_option("--checkpoints-kept", run.checkpointsKept,
                    "keep so many checkpoints, the newest, besides savepoints. Without it: as the pipeline "
                    "says, else 3")
        ->check(CLI::Range(1, kMostCheckpointsKept));
    CLI::Option* resume = command.add_flag("--resume", run.resume, "go on from the newest checkpoint");
    CLI::Option* savepoint = command.add_option("--savepoint", run.savepoint, "go on from this savepoint");
    command.add_flag("--allow-lost-state", run.allowLostState,
                     "resume though an edit makes something begin anew");
    savepoint->excludes(resume);
    command
        .add_option("--restart", run.restart,
                    "after a failure of a source or sink: none, fixed:5s:3 (pause, tries) or "
                    "exponential:1s:1min:10:10min (first pause, longest, tries, calm). Without it: as the "
                    "pipeline says, else exponential with checkpoints, none without")
        ->check([](const std::string& text) {
            const Result<RestartStrategy> parsed = parseRestart(text);
            return parsed.ok() ? std::string() : english(parsed.error());
        });
}

/// 0: as fast as possible; nothing: it is no speed.
std::optional<double> speedOf(const std::string& text) {
    if (text == "max") return 0;
    double speed = 0;
    const char* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, speed);
    if (read.ec != std::errc() || read.ptr != end || !(speed >= 0 && speed <= 1e6)) return std::nullopt;
    return speed > 0 && speed < 1e-6 ? std::nullopt : std::optional(speed);
}

void addTape(CLI::App& command, RunCommand& run) {
    CLI::Option* record =
        command.add_option("--record", run.recordFile, "record what comes into the run on this tape");
    CLI::Option* replay = command.add_option("--replay", run.replayFile, "run what is on this tape again");
    command
        .add_option_function<std::string>(
            "--speed", [&run](const std::string& text) { run.speed = *speedOf(text); },
            "of the replay: 1 as it was recorded, 2 twice as fast; 0 or max, and without it: as fast as "
            "possible")
        ->check([](const std::string& text) {
            return speedOf(text) ? "" : "write a number from 0.000001 to 1000000, 0 or max";
        })
        ->needs(replay);
    record->excludes(replay);
    for (CLI::Option* option : {record, replay}) {
        option->excludes(command.get_option("--resume"));
        option->excludes(command.get_option("--savepoint"));
    }
    // Its own would replace those of the runs that read the sources, and none could be resumed; and a failure
    // on a tape repeats itself.
    for (const char* name : {"--checkpoint-every", "--checkpoint-dir", "--checkpoints-kept", "--restart"})
        replay->excludes(command.get_option(name));
}

/// A variable of a script that has no value must not make an option count as not given: a run would start
/// from the beginning instead of resuming, or read its sources instead of a tape.
void refuseEmptyWords(CLI::App& app) {
    for (CLI::App* const command : app.get_subcommands(std::function<bool(CLI::App*)>())) {
        for (CLI::Option* const option : command->get_options()) {
            if (option->get_expected_min() == 0) continue;
            option->check([](const std::string& word) { return word.empty() ? "its value is empty" : ""; });
        }
    }
}

/// Prints the library's message on the arguments, which it repeats as they are. The exit status: 0 where help
/// or the version was asked for.
int tell(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream out, errors;
    const int status = app.exit(error, out, errors) == 0 ? 0 : 2;
    std::fputs(printable(out.str()).c_str(), stdout);
    std::fputs(printable(errors.str()).c_str(), stderr);
    return status;
}

/// The commands that ask a cluster.
class ClusterCommands {
 public:
    ClusterCommands(CLI::App& app, std::vector<std::string>& sets) : m_sets(sets) {
        m_deploy = app.add_subcommand("deploy", "run a pipeline on an Apache Flink cluster");
        addPipeline(*m_deploy, m_deploying.pipeline, m_sets);
        m_deploy->add_option("--target", m_deploying.target, "its name; “local”: the Flink of app/cluster")
            ->required();
        CLI::Option* savepoint =
            m_deploy->add_option("--savepoint", m_deploying.savepoint, "go on from this savepoint");
        m_deploy
            ->add_flag("--allow-lost-state", m_deploying.allowLostState,
                       "drop what is in the savepoint and no node claims")
            ->needs(savepoint);
        m_deploy
            ->add_option("--outputs", m_outputs,
                         "where a file sink finds results: append, new-folder or replace; for some of them: "
                         "ID=append,ID=replace")
            ->check([](const std::string& text) {
                const Result<OutputChoices> choices = parseOutputChoices(text);
                return choices.ok() ? std::string() : english(choices.error());
            });
        CLI::Option* wait = m_deploy->add_flag("--wait", m_deploying.wait, "until the job is over");
        m_deploy->add_flag("--dry-run", m_deploying.dryRun, "only ask the cluster what it thinks")
            ->excludes(wait);
        m_deploy->add_flag("--json", m_deploying.json, "job, verdicts and problems as JSON");

        m_compare = app.add_subcommand("compare", "run a pipeline on two engines and say what differs");
        addPipeline(*m_compare, m_comparing.pipeline, m_sets);
        m_compare
            ->add_option("--targets", m_comparing.targets,
                         "two names as A,B; “embedded”: the engine here; “local”: the Flink of app/cluster")
            ->required()
            ->check([](const std::string& text) {
                const std::size_t comma = text.find(',');
                const bool two = comma != std::string::npos && comma > 0 && comma + 1 < text.size() &&
                                 text.find(',', comma + 1) == std::string::npos;
                return two ? "" : "write two names with a comma, as embedded,local";
            });
        m_compare->add_option("--rows", m_comparing.rows, "how many rows of each kind are shown")
            ->check(CLI::Range(0, 1'000'000));
        m_compare->add_flag("--json", m_comparing.json, "as JSON");

        m_jobs = app.add_subcommand("jobs", "the jobs that were given to clusters from here");
        m_jobs->add_option("--target", m_listing.target, "those of this one alone");
        m_jobs->add_flag("--json", m_listing.json, "as JSON");

        m_cancel = app.add_subcommand("cancel", "end a job, and wait until it is over");
        m_cancel->add_option("JOB", m_cancelling.job, "its id, or how that begins")->required();
        m_savepoint = m_cancel->add_option("--savepoint", m_cancelling.folder,
                                           "leave a savepoint; FOLDER: where, as the cluster names it");
        m_savepoint->expected(0, 1)->type_name("[FOLDER]");
        m_cancel->add_option("--target", m_cancelling.target, "the job is there");

        m_targets = app.add_subcommand("targets", "where pipelines can run, with a check of each");
        m_targets->add_flag("--json", m_targetsJson, "as JSON");
    }

    /// The exit status of the one that was asked for, if one of these was.
    std::optional<int> run() {
        if (m_deploy->parsed()) {
            takeSets(m_sets, m_deploying.pipeline);
            if (!m_outputs.empty()) m_deploying.outputs = *parseOutputChoices(m_outputs);
            return cli::deploy(m_deploying);
        }
        if (m_compare->parsed()) {
            takeSets(m_sets, m_comparing.pipeline);
            return cli::compare(m_comparing);
        }
        if (m_jobs->parsed()) return cli::jobs(m_listing);
        if (m_cancel->parsed()) {
            m_cancelling.savepoint = m_savepoint->count() > 0;
            return cli::cancel(m_cancelling);
        }
        if (m_targets->parsed()) return cli::targets(m_targetsJson);
        return std::nullopt;
    }

 private:
    std::vector<std::string>& m_sets;
    DeployCommand m_deploying;
    std::string m_outputs;
    CompareCommand m_comparing;
    JobsCommand m_listing;
    CancelCommand m_cancelling;
    bool m_targetsJson = false;
    CLI::App *m_deploy = nullptr, *m_compare = nullptr, *m_jobs = nullptr, *m_cancel = nullptr,
             *m_targets = nullptr;
    CLI::Option* m_savepoint = nullptr;
};

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
    addCheckpoints(runApp, run);
    addTape(runApp, run);

    CheckpointsCommand saved;
    CLI::App& savedApp =
        *app.add_subcommand("checkpoints", "what runs of a pipeline can go on from, and its savepoints");
    addPipeline(savedApp, saved.pipeline, sets);
    addTrusted(savedApp, saved.pipeline);
    addCheckpointFolder(savedApp, saved.folder);
    CLI::Option* save =
        savedApp.add_option("--save", saved.save, "keep the newest as a savepoint, under NAME");
    savedApp.add_option("--remove", saved.remove, "remove the savepoint NAME")->excludes(save);
    savedApp.add_flag("--json", saved.json, "as JSON");

    TapeCommand taping;
    CLI::App& tapeApp = *app.add_subcommand("tape", "what is on the tape of a run");
    tapeApp.add_option("TAPE", taping.file, "file that a run was recorded into")->required();
    tapeApp.add_flag("--json", taping.json, "as JSON");

    ValidateCommand validating;
    CLI::App& validateApp = *app.add_subcommand("validate", "list every problem of a pipeline");
    addPipeline(validateApp, validating.pipeline, sets);
    validateApp.add_flag("--json", validating.json, "as JSON");
    addTrusted(validateApp, validating.pipeline);

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
    addTrusted(explainApp, explaining.pipeline);
    CLI::Option* explainRun =
        explainApp.add_flag("--run", explaining.run, "run it, and explain what the run shows");
    addDuration(explainApp, "--for", explaining.duration, "stop the run after this time, as 20s")
        ->needs(explainRun);

    ExportCommand exporting;
    CLI::App& exportApp = *app.add_subcommand("export", "write a pipeline for Apache Flink or Apache Spark");
    addPipeline(exportApp, exporting.pipeline, sets);
    addTrusted(exportApp, exporting.pipeline);
    std::vector<std::string> artefacts;
    for (const Artefact* each : allArtefacts()) artefacts.emplace_back(each->name);
    exportApp.add_option("--to", exporting.to, "flink-sql, pyflink or pyspark")
        ->required()
        ->check(CLI::IsMember(artefacts));
    exportApp.add_option("-o,--out", exporting.out, "file to write; without it, standard output");
    exportApp.add_flag("--json", exporting.json, "the verdicts as JSON, instead of the text itself");
    exportApp.add_flag(
        "--read-files", exporting.readFiles,
        "as --trusted; for Flink columns of CSV files have their types where all cells allow it");

    ClusterCommands clusters(app, sets);

    bool nodesJson = false;
    CLI::App& nodesApp = *app.add_subcommand("nodes", "the node types and their parameters");
    nodesApp.add_flag("--json", nodesJson, "as JSON");
    app.require_subcommand(0, 1);
    refuseEmptyWords(app);

    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        parsed.status = tell(app, error);
        return parsed;
    }
    if (runApp.parsed()) {
        takeSets(sets, run.pipeline);
        run.run.executor = executor == "seeded" ? ExecutorKind::Seeded : ExecutorKind::Pool;
        parsed.status = cli::run(run);
    } else if (savedApp.parsed()) {
        takeSets(sets, saved.pipeline);
        parsed.status = cli::checkpoints(saved);
    } else if (tapeApp.parsed()) {
        parsed.status = cli::tape(taping);
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
    } else if (const std::optional<int> status = clusters.run()) {
        parsed.status = *status;
    } else {
        parsed.designer = true;
    }
    return parsed;
}

}  // namespace rw::cli
