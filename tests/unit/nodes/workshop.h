// Whole pipelines over files in a folder of their own, from JSON to their output.
#pragma once
#include <QtTest/QtTest>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/run.h"

namespace rw::test {

/// A folder with files and a pipeline in it.
class Workshop {
 public:
    std::string path(const std::string& name) const {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }
    void write(const std::string& name, const std::string& content) const {
        std::ofstream(path(name), std::ios::binary) << content;
    }
    std::string read(const std::string& name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    Planned plan(const std::vector<Json>& nodes, const std::vector<Json>& wires, int parallelism = 1) const {
        const Json document{{"rill", 1}, {"name", "test"}, {"nodes", nodes}, {"wires", wires}};
        const Result<Loaded> loaded = loadPipeline(document.dump());
        if (!loaded.ok()) qFatal("%s", english(loaded.error()).c_str());
        PlanOptions options;
        options.validate.folder = m_folder.path().toStdString();
        options.parallelism = parallelism;
        return makePlan(loaded->pipeline, m_catalogue, options);
    }
    /// Runs to the end; why it failed, or nothing.
    std::string run(const std::vector<Json>& nodes, const std::vector<Json>& wires, int parallelism = 1,
                    std::size_t batchRows = 4096) const {
        const Planned planned = plan(nodes, wires, parallelism);
        if (!planned.plan) return issues(planned);
        RunOptions options;
        options.batchRows = batchRows;
        options.files = files;
        auto started = Run::start(planned.plan, options);
        if (!started.ok()) return english(started.error());
        (*started)->wait();
        const Status status = (*started)->status();
        return status.ok() ? std::string() : english(status.error());
    }
    static std::string issues(const Planned& planned) {
        std::string out;
        for (const Issue& issue : planned.issues) {
            if (issue.severity == Severity::Error) out += english(issue) + "\n";
        }
        return out;
    }

    std::shared_ptr<const Files> files{};  ///< that runs read; null: the machine's

 private:
    QTemporaryDir m_folder;
    Catalogue m_catalogue = builtin();
};

inline Json wireText(const char* from, const char* to) {
    return {{"from", from}, {"to", to}};
}

}  // namespace rw::test
