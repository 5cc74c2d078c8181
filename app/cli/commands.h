// The commands of the command line. Each gives the process's exit status: 0 done, 1 the run failed, 2 wrong
// usage or an invalid pipeline.
#pragma once
#include <map>
#include <string>

#include "core/runtime/run.h"

namespace rw::cli {

/// What several commands take.
struct PipelineOptions {
    std::string file;
    std::map<std::string, std::string> variables;  ///< --set
};

struct RunCommand {
    PipelineOptions pipeline;
    RunOptions run;
    int parallelism = 0;
    Millis duration = -1;      ///< --for; -1: until all sources have ended
    std::string metricsFile;   ///< empty: none
    std::string chartsFolder;  ///< empty: none
};
int run(const RunCommand& command);

struct ValidateCommand {
    PipelineOptions pipeline;
    bool json = false;
};
int validate(const ValidateCommand& command);

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
int explain(const ExplainCommand& command);

struct ExportCommand {
    PipelineOptions pipeline;
    std::string to;     ///< as artefactOf() knows it
    std::string out;    ///< empty or “-”: standard output
    bool json = false;  ///< the verdicts, on standard output
};
int exportTo(const ExportCommand& command);

int nodes(bool json);

}  // namespace rw::cli
