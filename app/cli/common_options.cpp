#include "app/cli/common_options.h"

#include <cstdio>
#include <functional>
#include <sstream>

#include "core/base/table_text.h"

namespace rw::cli {

namespace {

/// A variable of a script that has no value must not make an option count as not given: a run would start
/// from the beginning instead of resuming, or read its sources instead of a tape.
void refuseEmptyWords(CLI::App& app) {
    for (CLI::App* const command : app.get_subcommands(std::function<bool(CLI::App*)>())) {
        refuseEmptyWords(*command);
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

}  // namespace

void addPipeline(CLI::App& command, PipelineOptions& options, std::vector<std::string>& sets) {
    command.add_option("FILE", options.file, "pipeline file (.rill)")->required();
    command.add_option("--set", sets, "variable as name=value; may be given again")
        ->take_all()
        ->allow_extra_args(false)
        ->check([](const std::string& text) {
            return text.find('=') == std::string::npos || text.front() == '=' ? "write it as name=value" : "";
        });
}

void addTrusted(CLI::App& command, PipelineOptions& options) {
    command.add_flag("--trusted", options.trusted,
                     "look at files outside the folder of the pipeline, too: you know who wrote it");
}

void addAllowedConnections(CLI::App& command, PipelineOptions& options) {
    command.add_option(
        "--allow-connections", options.allowedConnections,
        "connections that the pipeline may use though your designer did not save its file; behind "
        "FILE, or in RILLWRIGHT_ALLOW_CONNECTIONS with commas between");
    command.add_option("--allow-python", options.allowedPython,
                       "fingerprints of the Python code that the pipeline may run though your designer did "
                       "not save its file; "
                       "behind FILE, or in RILLWRIGHT_ALLOW_PYTHON with commas between");
}

CLI::Option* addDuration(CLI::App& command, const char* name, Millis& into, const char* help) {
    return command
        .add_option_function<std::string>(
            name, [&into](const std::string& text) { into = *parseDuration(text); }, help)
        ->check([](const std::string& text) {
            const Result<Millis> parsed = parseDuration(text);
            if (!parsed.ok()) return english(parsed.error());
            return *parsed < 0 ? "a time can't be negative here" : std::string();
        });
}

void takeSets(const std::vector<std::string>& sets, PipelineOptions& options) {
    for (const std::string& set : sets) {
        const std::size_t equals = set.find('=');
        options.variables[set.substr(0, equals)] = set.substr(equals + 1);
    }
}

std::optional<int> readWords(CLI::App& app, int argc, char** argv) {
    app.require_subcommand(0, 1);
    refuseEmptyWords(app);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return tell(app, error);
    }
    return std::nullopt;
}

}  // namespace rw::cli
