// The commands of the command line. Each gives the process's exit status: 0 done, 1 the run or the cluster
// failed, 2 wrong usage, or a pipeline that is invalid or refused.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/cli/engine_commands.h"
#include "core/cluster/output_choice.h"
#include "core/compare/report_text.h"
#include "core/pipeline/merging/clash.h"
#include "core/runtime/run.h"

namespace rw::cli {

/// Options of several commands.
struct PipelineOptions {
    std::string file;
    std::map<std::string, std::string> variables;  ///< --set
    /// --trusted: commands that run nothing look at files outside the folder of the pipeline, too.
    bool trusted = false;
    std::vector<std::string> allowedConnections;  ///< --allow-connections: names, also with commas between
    std::vector<std::string> allowedPython;       ///< --allow-python: fingerprints of code, likewise
};

struct RunCommand {
    PipelineOptions pipeline;
    RunOptions run;
    int parallelism = 0;
    Millis duration = -1;          ///< --for; -1: until all sources have ended
    std::string metricsFile;       ///< empty: none
    std::string chartsFolder;      ///< empty: none
    std::string checkpointFolder;  ///< --checkpoint-dir; empty: in the first database, else at home
    Millis checkpointEvery = -1;   ///< -1: as the pipeline says, and only in a run without end; 0: none
    int checkpointsKept = 0;       ///< --checkpoints-kept; 0: as the pipeline says
    bool resume = false;           ///< resumes from the newest checkpoint, where there is one
    std::string savepoint;         ///< resumes from this one
    bool allowLostState = false;   ///< … though something is lost with it
    bool closeWindows = false;     ///< … and windows that an edit changed give their results first
    std::string
        recomputeTape{};  ///< … and what else would be lost is recomputed from this tape; empty: it is not
    std::string recordFile;        ///< --record; empty: the run is not recorded
    std::string replayFile;        ///< --replay; empty: the sources are read
    double speed = 0;              ///< of a replay: 1 as it was recorded; 0: as fast as possible
    std::string restart;           ///< --restart; empty: as the pipeline says
    std::string stateFolder{};     ///< --state-dir; empty: beside the checkpoints
};
int run(const RunCommand& command, const WithQt& withQt);

struct CheckpointsCommand {
    PipelineOptions pipeline;
    std::string folder;  ///< --checkpoint-dir
    std::string save;    ///< makes a savepoint of the newest
    std::string remove;  ///< removes this savepoint
    bool json = false;
};
int checkpoints(const CheckpointsCommand& command, const WithQt& withQt);

struct TapeCommand {
    std::string file;
    bool json = false;
};
/// Prints the content of a tape.
int tape(const TapeCommand& command);

struct ValidateCommand {
    PipelineOptions pipeline;
    bool json = false;
};
int validate(const ValidateCommand& command);

struct DiffCommand {
    /// Two files; or what git gives an external diff: a path and, where it is merged, the old file with its
    /// hash and mode and the new one likewise.
    std::vector<std::string> words;
    std::int64_t version = 0;  ///< --version: this one of the history, and one file; 0: none
    bool json = false;
};
/// 0: the pipelines are the same, 1: they are not.
int diff(const DiffCommand& command);

struct MergeCommand {
    std::string base, ours, theirs, out;
    MergeRule rule = MergeRule::Tell;  ///< --ours, --theirs
    bool json = false;
};
/// 0: merged; 1: merged, and a person has to look at it; 2: a file can't be read or written, and `out` is as
/// it was.
int merge(const MergeCommand& command);

struct SampleCommand {
    PipelineOptions pipeline;
    std::string node;
    std::size_t rows = 20;   ///< of each port that are printed
    bool leaveOpen = false;  ///< --leave-open: windows that are open at the end of the sample do not fire
    bool spread = false;     ///< --spread: of files blocks at even distances
    double listen = 0;       ///< --listen, seconds: live sources are heard before; 0: they are not
    bool json = false;
};
/// What a node would give, from rows of the sources above it; nothing is written, and only with --listen a
/// connection opened.
int sample(const SampleCommand& command, const WithQt& withQt);

struct VersionsCommand {
    std::string file;
    bool keep = false;      ///< the file as it is now is a version
    std::int64_t show = 0;  ///< prints the text of this one; 0: none
    std::int64_t drop = 0;
    std::int64_t named = 0;  ///< gets `name`, or, where that is empty, loses its own
    std::string name;
    bool json = false;
};
/// Lists the versions that were kept of a pipeline, after what the command asks for.
int versions(const VersionsCommand& command);

struct WhyCommand {
    PipelineOptions pipeline;
    std::string node, port;  ///< port empty: the first output
    std::string where;       ///< SQL over its columns
    std::string replayFile;  ///< --replay; empty: the files of the sources are read again
    bool missing = false;    ///< why there is no such row
    bool displaced = false;  ///< also which rows had to go for it
    std::size_t after = 0;   ///< --after: the rows behind the newest so many
    bool json = false;
};
/// Prints which rows made a row, up to the sources, or what became of those that a missing one would need.
int why(const WhyCommand& command);

struct RenderCommand {
    PipelineOptions pipeline;
    std::string node, out;
    Millis duration = -1;
    int width = 1200, height = 600;
    bool dark = true;
};
int render(const RenderCommand& command);

struct ExplainCommand {
    PipelineOptions pipeline;
    bool run = false;      ///< --run: runs it and explains the run, too
    Millis duration = -1;  ///< --for
};
int explain(const ExplainCommand& command, const WithQt& withQt);

struct ExportCommand {
    PipelineOptions pipeline;
    std::string to;          ///< as artefactOf() knows it
    std::string out;         ///< empty or “-”: standard output
    bool json = false;       ///< the verdicts, on standard output
    bool anyFiles = false;   ///< --any-files: the text holds for any content of the files
};
int exportTo(const ExportCommand& command);

struct PublishCommand {
    PipelineOptions pipeline;
    std::string to;       ///< the connection to a Superset; empty: the bundle is only written
    std::string out;      ///< of the bundle; empty: it is not written
    bool dryRun = false;  ///< Superset is asked what is there, and not changed
    bool json = false;
};
int publish(const PublishCommand& command);

struct DeployCommand {
    PipelineOptions pipeline;
    std::string target;
    std::string savepoint;  ///< to resume from; empty: none
    bool allowLostState = false;
    OutputChoices outputs;  ///< --outputs
    bool wait = false;      ///< until the job is over, else until it runs
    bool dryRun = false;    ///< the cluster looks at it; nothing runs
    bool json = false;
};
int deploy(const DeployCommand& command);

struct CompareCommand {
    PipelineOptions pipeline;
    std::string targets;               ///< two names with a comma; “embedded”: the engine here
    std::vector<std::string> with;     ///< --with: variants, in place of targets
    std::string node, port;            ///< of variants: whose rows are compared; empty: all sinks and charts
    std::string replayFile;            ///< --replay, of variants; empty: the files are read by each of them
    bool exitCode = false;             ///< --exit-code, of variants: differences are status 1
    std::size_t rows = kReportedRows;  ///< of each kind of difference that are shown
    bool json = false;
};
int compare(const CompareCommand& command);

struct JobsCommand {
    std::string target;  ///< empty: of all
    bool json = false;
};
int jobs(const JobsCommand& command);

struct CancelCommand {
    std::string job;     ///< its id, or how that begins
    std::string target;  ///< empty: whichever has it
    bool savepoint = false;
    std::string folder;  ///< for the savepoint; empty: the cluster's own
};
int cancel(const CancelCommand& command);

/// Each with a check whether it answers.
int targets(bool json);

/// The connections of this computer; none of them is asked.
int connections(bool json);
/// What is tried of one, step by step.
int testConnection(const std::string& name, bool json);

struct AddConnectionCommand {
    std::string name, kind;
    std::vector<std::string> fields;     ///< --field, as name=value
    std::vector<std::string> variables;  ///< --environment, as secret=VARIABLE
    std::vector<std::string> keyring;  ///< --keyring: names of secrets, whose values come from standard input
};
int addConnection(const AddConnectionCommand& command);
int removeConnection(const std::string& name);
/// Secrets stay with it; pipelines that name it are not changed.
int renameConnection(const std::string& from, const std::string& to);

struct BrowseCommand {
    std::string connection;
    std::string subject;   ///< empty: all are listed
    std::string registry;  ///< a connection, for messages that begin with the number of a schema
    bool json = false;
};
/// What is in the system behind a connection, or the columns and the newest rows of one of its subjects.
int browseConnection(const BrowseCommand& command);

struct ExportConnectionsCommand {
    std::vector<std::string> names;  ///< empty: all
    std::string out;                 ///< empty: standard output
};
int exportConnections(const ExportConnectionsCommand& command);

struct ImportConnectionsCommand {
    std::string file;
    std::vector<std::string> replace;  ///< --replace: names that may be overwritten
    bool json = false;
};
int importConnections(const ImportConnectionsCommand& command);

struct SlotsCommand {
    std::string connection;
    std::string drop;  ///< a slot; empty: all are listed
    bool json = false;
};
int replicationSlots(const SlotsCommand& command);
/// The kinds of connections, with the fields and the secrets that each has.
int connectionKindTable(bool json);

int nodes(bool json);

}  // namespace rw::cli
