// A user stops a run without end and resumes it from its last checkpoint, with one click, and once more after
// the program was closed and opened again: no row is missing, none is there twice.
#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kFile = "endless.rill";

constexpr const char* kPipeline = R"json({ "rill": 1, "name": "endless",
  "settings": { "checkpoint_every": "300ms" },
  "nodes": [
    { "id": "numbers", "type": "generator", "title": "Numbers", "at": [96, 160],
      "params": { "columns": ["n BIGINT = i"], "rows": 0, "rate": 500 } },
    { "id": "kept", "type": "sqlite_sink", "title": "Kept", "at": [352, 160],
      "params": { "database": "kept.sqlite", "table": "t" } } ],
  "wires": [ { "from": "numbers", "to": "kept" } ] })json";

const ElementPath kResume{{"tool bar", ""}, {"push button", "Resume from checkpoint"}};
const ElementPath kRunning{{"tool bar", ""}, {"", "Running"}};

int rows(const DesignerFixture& designer) {
    const std::vector<std::string> count = designer.query("kept.sqlite", "SELECT count(*) FROM t");
    return count.empty() ? 0 : std::stoi(count.front());
}

/// Rows come with the checkpoints.
void awaitMoreThan(const DesignerFixture& designer, int before) {
    until([&] { return rows(designer) > before; },
          [&] { return "There are " + std::to_string(rows(designer)) + " rows still"; });
}

void stopIt(DesignerFixture& designer) {
    clickMainToolBar(designer, "Stop");
    awaitRun(designer, "Stopped");
}

void checkRows(const DesignerFixture& designer) {
    const std::vector<std::string> found =
        designer.query("kept.sqlite", "SELECT count(*) - max(n) - 1, count(*) - count(DISTINCT n) FROM t");
    check(found == std::vector<std::string>{"0|0"},
          "Rows are missing, or there twice: " + (found.empty() ? std::string("no table") : found.front()));
}

/// It says from which; the disk is read a moment after the run has ended.
void goOn(DesignerFixture& designer) {
    until(
        [&] {
            if (designer.screen.find(kRunning)) return true;
            // Not where it just began to run.
            if (const auto resume = designer.screen.find(kResume)) designer.input.click(*resume);
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            return designer.screen.find(kRunning).has_value();
        },
        [] { return std::string("It does not go on"); });
}

void goOnAndStop(DesignerFixture& designer) {
    const int before = rows(designer);
    goOn(designer);
    awaitMoreThan(designer, before);
    stopIt(designer);
    checkRows(designer);
}

}  // namespace

int main() {
    return play("going_on", [](DesignerFixture& designer) {
        designer.write(kFile, kPipeline);
        designer.start(kFile);
        runForTheFirstTime(designer);
        awaitRun(designer, "Running");
        designer.input.press("alt+8");
        designer.screen.await({{"table", "Checkpoints"}, {"table cell", ""}});
        awaitMoreThan(designer, 0);
        stopIt(designer);
        checkRows(designer);
        goOnAndStop(designer);
        designer.quit();
        designer.start(kFile);
        goOnAndStop(designer);
        designer.quit();
    });
}
