#include "app/cli/engine_commands.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

#include "app/cli/common_options.h"
#include "app/cli/output.h"
#include "app/cli/pipeline_tests/test_command.h"
#include "core/base/byte_size.h"
#include "core/lineage/lineage.h"
#include "core/pipeline/checks/settings_check.h"

namespace rw::cli {

namespace {

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
    CLI::Option* resume = command.add_flag("--resume", run.resume, "resume from the newest checkpoint");
    CLI::Option* savepoint = command.add_option("--savepoint", run.savepoint, "resume from this savepoint");
    command.add_flag("--allow-lost-state", run.allowLostState,
                     "resume though an edit makes something begin anew");
    command.add_flag("--close-windows", run.closeWindows,
                     "resume, and let open windows that an edit has changed give their results so far first");
    command.add_option("--recompute", run.recomputeTape,
                       "resume, and recompute what an edit would lose from this tape, on which the run was "
                       "recorded");
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

void addStateMemory(CLI::App& command, RunCommand& run) {
    command
        .add_option_function<std::string>(
            "--state-memory", [&run](const std::string& text) { run.run.stateMemory = *parseByteSize(text); },
            "keep so much state in memory, as 512MB, and the rest in files, of nodes that can (explain tells "
            "which). Without it: as the pipeline says, else a quarter of the machine's memory")
        ->check([](const std::string& text) {
            const Result<std::uint64_t> parsed = parseByteSize(text);
            if (!parsed.ok()) return english(parsed.error());
            return *parsed == 0 ? "some memory is needed: write a larger size, as 512MB" : std::string();
        });
    command.add_option(
        "--state-dir", run.stateFolder,
        "keep these files in a folder in this one; without it, beside the checkpoints, else in "
        "the user's data folder");
}

void addRun(CLI::App& command, RunCommand& run, std::string& executor) {
    command.add_option("--batch-rows", run.run.batchRows, "rows in a batch, at most")
        ->check(CLI::Range(1, 1'000'000));
    command.add_option("--parallelism", run.parallelism, "tasks per keyed node")->check(CLI::Range(1, 256));
    command.add_option("--metrics", run.metricsFile, "write metrics to this JSON file");
    command.add_option("--charts", run.chartsFolder, "write a PNG per chart to this folder");
    command.add_option("--executor", executor, "pool or seeded")->check(CLI::IsMember({"pool", "seeded"}));
    command.add_option("--seed", run.run.seed, "seed of the seeded executor");
    addDuration(command, "--for", run.duration, "stop after this time, as 20s");
    addCheckpoints(command, run);
    addStateMemory(command, run);
    addTape(command, run);
}

void addCheckpointList(CLI::App& command, CheckpointsCommand& saved) {
    addTrusted(command, saved.pipeline);
    addCheckpointFolder(command, saved.folder);
    CLI::Option* save =
        command.add_option("--save", saved.save, "keep the newest as a savepoint, under NAME");
    command.add_option("--remove", saved.remove, "remove the savepoint NAME")->excludes(save);
    command.add_flag("--json", saved.json, "as JSON");
}

void addMerge(CLI::App& command, MergeCommand& merging) {
    command.add_option("BASE", merging.base, "the version that both come from")->required();
    command.add_option("A", merging.ours, "one edited version: ours")->required();
    command.add_option("B", merging.theirs, "the other one: theirs")->required();
    command
        .add_option("-o,--out", merging.out, "write the result to this file, which may be one of the three")
        ->required();
    CLI::Option* const ours = command.add_flag_callback(
        "--ours", [&merging] { merging.rule = MergeRule::Ours; }, "where both clash, take A");
    command
        .add_flag_callback(
            "--theirs", [&merging] { merging.rule = MergeRule::Theirs; }, "where both clash, take B")
        ->excludes(ours);
    command.add_flag("--json", merging.json, "tell clashes as JSON");
}

void addTest(CLI::App& command, TestCommand& testing) {
    command
        .add_option(
            "FILE", testing.files,
            "files of tests (.rilltest), pipelines with such a file beside them, or folders with some")
        ->required();
    command.add_option("--filter", testing.filter, "only tests with this in their names");
    CLI::Option* const update =
        command.add_flag("--update", testing.update,
                         "put what came in place of what is expected, in the files of tests that fail");
    CLI::Option* const on =
        command
            .add_option_function<std::string>(
                "--on", [&testing](const std::string&) { testing.onFlink = true; },
                "flink: give the rows of the tests to a Flink, and compare what came at the end")
            ->check(CLI::IsMember({"flink"}))
            ->excludes(update);
    command
        .add_option("--target", testing.target,
                    "the Flink, by the name of its target; without it “local”, the Flink of app/cluster")
        ->needs(on);
    command.add_option("--junit", testing.junit, "write the results to this file, as XML of JUnit");
    command.add_flag("--json", testing.json, "as JSON");
}

void addSample(CLI::App& command, SampleCommand& sampling) {
    addTrusted(command, sampling.pipeline);
    command.add_option("--node", sampling.node, "the node, by its id")->required();
    command.add_option("--rows", sampling.rows, "print so many rows of each port; default 20")
        ->check(CLI::Range(0, 1'000'000));
    command.add_flag("--leave-open", sampling.leaveOpen,
                     "windows that are open at the end of the sample give no results");
    command.add_flag("--spread", sampling.spread,
                     "of files blocks at even distances instead of the first rows; not of compressed ones");
    command
        .add_option("--listen", sampling.listen,
                    "listen to live sources for so many seconds first, and keep what came as their sample")
        ->check(CLI::Range(0.1, 3'600.0));
    addAllowedConnections(command, sampling.pipeline);
    command.add_flag("--json", sampling.json, "as JSON");
}

void addVersions(CLI::App& command, VersionsCommand& listing) {
    command.add_option("FILE", listing.file, "the pipeline's file")->required();
    command.add_flag("--keep", listing.keep, "keep the file as it is now as a version");
    const CLI::Range number(std::int64_t{1}, std::numeric_limits<std::int64_t>::max());
    CLI::Option* const name =
        command
            .add_option("--name", listing.named,
                        "version N gets the name that --as gives; without it, loses its own")
            ->check(number);
    command.add_option("--as", listing.name, "the name, for --name or --keep");
    CLI::Option* const drop = command.add_option("--drop", listing.drop, "drop version N")->check(number);
    CLI::Option* const show =
        command.add_option("--show", listing.show, "print the text of version N")->check(number);
    CLI::Option* const json = command.add_flag("--json", listing.json, "as JSON");
    name->excludes(drop)->excludes(show);
    drop->excludes(show);
    show->excludes(json);
    for (CLI::Option* const option : {name, drop, show}) option->excludes(command.get_option("--keep"));
}

void addWhy(CLI::App& command, WhyCommand& why) {
    command.add_option("--node", why.node, "the node whose row it is")->required();
    command.add_option("--port", why.port, "its output port; without it: the first");
    command.add_option("--where", why.where, "SQL over the columns of that port: key = 'x' AND n > 3")
        ->required();
    command.add_option("--replay", why.replayFile,
                       "replay this tape; without it, files that end by themselves are read again");
    CLI::Option* const missing = command.add_flag("--missing", why.missing, "why there is no such row");
    command
        .add_flag("--displaced", why.displaced,
                  "also which rows have no place at a top_n or deduplicate where this one has")
        ->excludes(missing);
    command
        .add_option("--after", why.after,
                    "of more rows than are told at a time, those behind the newest N; default 0")
        ->check(CLI::Range(std::size_t{0}, kMostPassedBy))
        ->excludes(missing);
    command.add_flag("--json", why.json, "as JSON");
}

constexpr std::array<std::string_view, 11> kNames{"run",     "checkpoints", "tape",  "validate",
                                                  "explain", "diff",        "merge", "test",
                                                  "sample",  "versions",    "why"};

}  // namespace

struct EngineCommands::Words {
    WithQt withQt;
    std::vector<std::string> sets;
    RunCommand running;
    std::string executor = "pool";
    CheckpointsCommand saved;
    TapeCommand taping;
    ValidateCommand validating;
    ExplainCommand explaining;
    DiffCommand diffing;
    MergeCommand merging;
    TestCommand testing;
    SampleCommand sampling;
    VersionsCommand listing;
    WhyCommand asking;
    CLI::App *run = nullptr, *checkpoints = nullptr, *tape = nullptr, *validate = nullptr, *explain = nullptr,
             *diff = nullptr, *merge = nullptr, *test = nullptr, *sample = nullptr, *versions = nullptr,
             *why = nullptr;
};

EngineCommands::EngineCommands(CLI::App& app, WithQt withQt) : m_words(std::make_unique<Words>()) {
    Words& words = *m_words;
    words.withQt = std::move(withQt);
    const auto add = [&](std::string_view name, const char* help) {
        return app.add_subcommand(std::string(name), help);
    };
    words.run = add(kNames[0], "run a pipeline without a window");
    addPipeline(*words.run, words.running.pipeline, words.sets);
    addRun(*words.run, words.running, words.executor);
    addAllowedConnections(*words.run, words.running.pipeline);

    words.checkpoints = add(kNames[1], "what runs of a pipeline can resume from, and its savepoints");
    addPipeline(*words.checkpoints, words.saved.pipeline, words.sets);
    addCheckpointList(*words.checkpoints, words.saved);

    words.tape = add(kNames[2], "what is on the tape of a run");
    words.tape->add_option("TAPE", words.taping.file, "file that a run was recorded into")->required();
    words.tape->add_flag("--json", words.taping.json, "as JSON");

    words.validate = add(kNames[3], "list every problem of a pipeline");
    addPipeline(*words.validate, words.validating.pipeline, words.sets);
    words.validate->add_flag("--json", words.validating.json, "as JSON");
    addTrusted(*words.validate, words.validating.pipeline);

    words.explain = add(kNames[4], "the physical plan: tasks, exchanges, state, watermarks");
    addPipeline(*words.explain, words.explaining.pipeline, words.sets);
    addTrusted(*words.explain, words.explaining.pipeline);
    addAllowedConnections(*words.explain, words.explaining.pipeline);
    CLI::Option* runs =
        words.explain->add_flag("--run", words.explaining.run, "run it, and explain what the run shows");
    addDuration(*words.explain, "--for", words.explaining.duration, "stop the run after this time, as 20s")
        ->needs(runs);

    words.diff =
        add(kNames[5], "the differences between two versions of a pipeline, and what becomes of its state");
    words.diff
        ->add_option("FILE", words.diffing.words,
                     "two pipeline files, or the words that git gives an external diff")
        ->required()
        ->expected(1, 9);
    words.diff
        ->add_option("--version", words.diffing.version,
                     "compare this version of the pipeline's history, as `versions` lists it, with the file")
        ->check(CLI::Range(std::int64_t{1}, std::numeric_limits<std::int64_t>::max()));
    words.diff->add_flag("--json", words.diffing.json, "as JSON");

    words.merge = add(kNames[6], "two edited versions of a pipeline as one; also a merge driver of git");
    addMerge(*words.merge, words.merging);
    words.test = add(kNames[7], "run the tests of pipelines");
    addTest(*words.test, words.testing);
    words.sample =
        add(kNames[8], "what a node would give, from the first rows of its sources; writes nothing");
    addPipeline(*words.sample, words.sampling.pipeline, words.sets);
    addSample(*words.sample, words.sampling);

    words.versions = add(kNames[9], "the versions that were kept of a pipeline");
    addVersions(*words.versions, words.listing);
    words.why = add(kNames[10], "which rows made a row, up to their sources, or why there is no such row");
    addPipeline(*words.why, words.asking.pipeline, words.sets);
    addWhy(*words.why, words.asking);
    addAllowedConnections(*words.why, words.asking.pipeline);
}

EngineCommands::~EngineCommands() = default;

std::optional<int> EngineCommands::run() {
    Words& words = *m_words;
    if (words.run->parsed()) {
        takeSets(words.sets, words.running.pipeline);
        words.running.run.executor = words.executor == "seeded" ? ExecutorKind::Seeded : ExecutorKind::Pool;
        return cli::run(words.running, words.withQt);
    }
    if (words.checkpoints->parsed()) {
        takeSets(words.sets, words.saved.pipeline);
        return cli::checkpoints(words.saved, words.withQt);
    }
    if (words.tape->parsed()) return cli::tape(words.taping);
    if (words.validate->parsed()) {
        takeSets(words.sets, words.validating.pipeline);
        return cli::validate(words.validating);
    }
    if (words.diff->parsed()) return cli::diff(words.diffing);
    if (words.merge->parsed()) return cli::merge(words.merging);
    if (words.test->parsed()) return cli::test(words.testing, words.withQt);
    if (words.sample->parsed()) {
        takeSets(words.sets, words.sampling.pipeline);
        return cli::sample(words.sampling, words.withQt);
    }
    if (words.versions->parsed()) return cli::versions(words.listing);
    if (words.why->parsed()) {
        takeSets(words.sets, words.asking.pipeline);
        return cli::why(words.asking);
    }
    if (words.explain->parsed()) {
        takeSets(words.sets, words.explaining.pipeline);
        return cli::explain(words.explaining, words.withQt);
    }
    return std::nullopt;
}

bool needEngineAlone(int argc, const char* const* argv) {
    if (argc < 2 || std::find(kNames.begin(), kNames.end(), std::string_view(argv[1])) == kNames.end())
        return false;
    return std::none_of(argv + 2, argv + argc,
                        [](std::string_view word) { return word.starts_with("--charts"); });
}

int runEngineCommand(int argc, char** argv, WithQt withQt) {
    CLI::App app("Rillwright: designs stream pipelines, runs them, shows them live.", "rillwright");
    EngineCommands commands(app, std::move(withQt));
    if (const std::optional<int> status = readWords(app, argc, argv)) return printedWhole(*status);
    return printedWhole(commands.run().value_or(2));
}

}  // namespace rw::cli
