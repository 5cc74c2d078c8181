#include "app/cli/parse.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

#include "app/cli/charts.h"
#include "app/cli/common_options.h"
#include "app/cli/connections/connection_commands.h"
#include "app/cli/engine_commands.h"
#include "app/cli/load.h"
#include "app/cli/models/model_command.h"
#include "app/cli/output.h"
#include "app/cli/pipeline_tests/tests_on_flink.h"
#include "app/cli/target_lookup.h"
#include "core/cluster/deployment_store.h"
#include "core/deploy/translation.h"

namespace rw::cli {

namespace {

/// The commands that ask a cluster.
class ClusterCommands {
 public:
    ClusterCommands(CLI::App& app, std::vector<std::string>& sets) : m_sets(sets) {
        m_deploy = app.add_subcommand("deploy", "run a pipeline on an Apache Flink cluster");
        addPipeline(*m_deploy, m_deploying.pipeline, m_sets);
        m_deploy->add_option("--target", m_deploying.target, "its name; “local”: the Flink of app/cluster")
            ->required();
        CLI::Option* savepoint =
            m_deploy->add_option("--savepoint", m_deploying.savepoint, "resume from this savepoint");
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
        addTrusted(*m_deploy, m_deploying.pipeline);
        addAllowedConnections(*m_deploy, m_deploying.pipeline);
        m_deploy->add_flag("--json", m_deploying.json, "job, verdicts and problems as JSON");

        m_compare = app.add_subcommand(
            "compare", "run a pipeline on two engines, or variants of it here, and say what differs");
        addPipeline(*m_compare, m_comparing.pipeline, m_sets);
        m_compare
            ->add_option("--targets", m_comparing.targets,
                         "two names as A,B; “embedded”: the engine here; “local”: the Flink of app/cluster")
            ->check([](const std::string& text) {
                const std::size_t comma = text.find(',');
                const bool two = comma != std::string::npos && comma > 0 && comma + 1 < text.size() &&
                                 text.find(',', comma + 1) == std::string::npos;
                return two ? "" : "write two names with a comma, as embedded,local";
            });
        addVariants();
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
    void addVariants() {
        CLI::Option* const with = m_compare
                                      ->add_option("--with", m_comparing.with,
                                                   "a variant in place of targets, as watermark_delay=10s or "
                                                   "node.size=5min,node.keys=[\"k\"]; "
                                                   "the file of another version; may be given four times")
                                      ->take_all()
                                      ->allow_extra_args(false);
        m_compare
            ->add_option("--node", m_comparing.node,
                         "compare what this node gives; without it: what comes to all sinks and charts")
            ->needs(with);
        m_compare->add_option("--port", m_comparing.port, "its output port; without it: the first")
            ->needs(m_compare->get_option("--node"));
        m_compare
            ->add_option("--replay", m_comparing.replayFile,
                         "replay this tape; without it, each variant reads the files again")
            ->needs(with);
        m_compare->add_flag("--exit-code", m_comparing.exitCode, "status 1 where rows of a variant differ")
            ->needs(with);
    }

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

/// The commands that draw a chart, or write or publish for others.
class WrittenCommands {
 public:
    WrittenCommands(CLI::App& app, std::vector<std::string>& sets) : m_sets(sets) {
        m_render = app.add_subcommand("render", "run a pipeline and draw one chart");
        addPipeline(*m_render, m_rendering.pipeline, m_sets);
        m_render->add_option("--node", m_rendering.node, "id of the chart node")->required();
        m_render->add_option("--out", m_rendering.out, "file to write, .png or .svg")->required();
        m_render->add_option("--theme", m_theme, "dark or light")->check(CLI::IsMember({"dark", "light"}));
        m_render->add_option("--size", m_size, "as 1200x600")->check([this](const std::string& text) {
            return takesSize(text) ? "" : "write it as 1200x600, from 100x80 to 10000x10000";
        });
        addAllowedConnections(*m_render, m_rendering.pipeline);
        addDuration(*m_render, "--for", m_rendering.duration, "stop after this time, as 20s");

        m_export = app.add_subcommand("export", "write a pipeline for Apache Flink or Apache Spark");
        addPipeline(*m_export, m_exporting.pipeline, m_sets);
        addTrusted(*m_export, m_exporting.pipeline);
        std::vector<std::string> artefacts;
        for (const Artefact* each : allArtefacts()) artefacts.emplace_back(each->name);
        m_export->add_option("--to", m_exporting.to, "flink-sql, pyflink or pyspark")
            ->required()
            ->check(CLI::IsMember(artefacts));
        m_export->add_option("-o,--out", m_exporting.out, "file to write; without it, standard output");
        m_export->add_flag("--json", m_exporting.json, "the verdicts as JSON, instead of the text itself");
        m_export->add_flag(
            "--any-files", m_exporting.anyFiles,
            "cast each cell of CSV files with care, so that the text holds whatever stands in them");

        m_publish = app.add_subcommand("publish", "the dashboard of a pipeline in Apache Superset");
        addPipeline(*m_publish, m_publishing.pipeline, m_sets);
        addTrusted(*m_publish, m_publishing.pipeline);
        addAllowedConnections(*m_publish, m_publishing.pipeline);
        CLI::Option* to = m_publish->add_option("--to", m_publishing.to, "the connection to Superset");
        m_publish->add_flag("--dry-run", m_publishing.dryRun, "only say what would be published and replaced")
            ->needs(to);
        m_publish->add_option("-o,--out", m_publishing.out,
                              "write the bundle to this file (.zip); without --to that is all");
        m_publish->add_flag("--json", m_publishing.json, "charts, what is replaced and the link as JSON");

        m_nodes = app.add_subcommand("nodes", "the node types and their parameters");
        m_nodes->add_flag("--json", m_nodesJson, "as JSON");
    }

    /// The exit status of the one that was asked for, if one of these was.
    std::optional<int> run() {
        if (m_render->parsed()) {
            takeSets(m_sets, m_rendering.pipeline);
            m_rendering.dark = m_theme == "dark";
            return cli::render(m_rendering);
        }
        if (m_export->parsed()) {
            takeSets(m_sets, m_exporting.pipeline);
            return cli::exportTo(m_exporting);
        }
        if (m_publish->parsed()) {
            takeSets(m_sets, m_publishing.pipeline);
            return cli::publish(m_publishing);
        }
        if (m_nodes->parsed()) return cli::nodes(m_nodesJson);
        return std::nullopt;
    }

 private:
    bool takesSize(const std::string& text) {
        int& width = m_rendering.width;
        int& height = m_rendering.height;
        char rest = 0;
        return std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &rest) == 2 && width >= 100 &&
               height >= 80 && width <= 10'000 && height <= 10'000;
    }

    std::vector<std::string>& m_sets;
    RenderCommand m_rendering;
    std::string m_size, m_theme = "dark";
    ExportCommand m_exporting;
    PublishCommand m_publishing;
    bool m_nodesJson = false;
    CLI::App *m_render = nullptr, *m_export = nullptr, *m_publish = nullptr, *m_nodes = nullptr;
};

/// Whether each of several is a file; a command that is misspelt would be one of them. The designer says so
/// of one alone.
bool areFiles(const std::vector<std::string>& files) {
    std::error_code none;
    const auto missing = std::find_if(files.begin(), files.end(), [&none](const std::string& file) {
        return !std::filesystem::exists(file, none);
    });
    if (files.size() < 2 || missing == files.end()) return true;
    printMessage("error", "“" + *missing + "” is no command, and no file is there. Try rillwright --help");
    return false;
}

}  // namespace

Parsed parseAndRun(int argc, char** argv) {
    CLI::App app("Rillwright: designs stream pipelines, runs them, shows them live.", "rillwright");
    Parsed parsed;
    app.set_version_flag("--version", RILLWRIGHT_VERSION);
    app.add_option("FILE", parsed.files, "pipelines to open in the designer, each in a tab");
    app.add_flag("--run", parsed.runAtOnce, "run them at once");

    EngineCommands engine(
        app, {secretSource, writeCharts, [](const std::string& file) { return DeploymentStore().of(file); },
              testsOnFlink});
    std::vector<std::string> sets;
    WrittenCommands written(app, sets);
    ClusterCommands clusters(app, sets);
    ConnectionCommands connections(app);
    ModelCommands models(app);
    if (const std::optional<int> status = readWords(app, argc, argv)) {
        parsed.status = printedWhole(*status);
        return parsed;
    }
    std::optional<int> status = engine.run();
    if (!status) status = written.run();
    if (!status) status = clusters.run();
    if (!status) status = connections.run();
    if (!status) status = models.run();
    if (!status && !areFiles(parsed.files)) status = 2;
    parsed.designer = !status;
    parsed.status = printedWhole(status.value_or(0));
    return parsed;
}

}  // namespace rw::cli
