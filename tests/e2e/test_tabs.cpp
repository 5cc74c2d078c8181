// A person with two pipelines in the tabs of one window: each has its changes, its undo and its run, and none
// goes unasked.
#include "tests/e2e/mouse.h"
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr const char* kOne = "one.rill";
constexpr const char* kTwo = "two.rill";

/// It touches nothing, so that no run asks, and runs for longer than the story takes.
std::string pipeline(const std::string& title) {
    return R"json({ "rill": 1, "name": "numbers",
  "nodes": [
    { "id": "numbers", "type": "generator", "title": ")json" +
           title + R"json(", "at": [96, 160],
      "params": { "columns": ["n BIGINT = i"], "rows": 1000000, "rate": 500 } },
    { "id": "shown", "type": "histogram", "title": "Spread", "at": [352, 160], "params": { "value": "n" } } ],
  "wires": [ { "from": "numbers", "to": "shown" } ] })json";
}

const ElementPath kOnes = node("Ones"), kTwos = node("Twos"), kFilter = node("Filter");

/// By the file and what its tab tells of it: “one.rill, changed, running”.
ElementPath tab(const std::string& facts) {
    return {{"page tab list", ""}, {"page tab", facts}};
}

/// The button above the canvas that undoes or redoes a step, by its text on the step.
ElementPath undoOrRedo(const std::string& words) {
    return {{"tool bar", ""}, {"", words}};
}

/// Only the pipeline in front is to be seen, and the keyboard is in its window.
void awaitFront(const DesignerFixture& designer, const std::string& file) {
    const bool one = file == kOne;
    designer.screen.awaitFocus({{"frame", file}});
    designer.screen.await(one ? kOnes : kTwos);
    designer.screen.awaitGone(one ? kTwos : kOnes);
}

void go(DesignerFixture& designer, const std::string& keys, const std::string& file) {
    designer.input.press(keys);
    awaitFront(designer, file);
}

void openTheOther(DesignerFixture& designer) {
    designer.input.press("ctrl+o");
    // In quotes the dialog completes no name; the list that it offers would take the Return.
    answerFileName(designer, "Open a pipeline", std::string("\"") + kTwo + "\"");
    awaitFront(designer, kTwo);
    designer.screen.await(tab(kOne));
}

void goFromTabToTab(DesignerFixture& designer) {
    go(designer, "ctrl+Tab", kOne);
    go(designer, "ctrl+Page_Down", kTwo);
    go(designer, "ctrl+Page_Up", kOne);
    go(designer, "ctrl+shift+Tab", kTwo);
    designer.input.click(designer.screen.await(tab(kOne)));
    awaitFront(designer, kOne);
}

void change(DesignerFixture& designer, const std::string& file) {
    drop(designer, "Filter", 780, 140);
    designer.screen.await(undoOrRedo("Undo Add “Filter”"));
    designer.screen.await(tab(file + ", changed"));
    select(designer, "Filter");  // the keyboard is on the canvas
}

/// Undo in one of them takes nothing from the other.
void undoOneByOne(DesignerFixture& designer) {
    change(designer, kOne);
    go(designer, "ctrl+Tab", kTwo);
    designer.screen.await(undoOrRedo("Nothing to undo"));
    change(designer, kTwo);
    designer.input.press("ctrl+z");
    designer.screen.awaitGone(kFilter);
    designer.screen.awaitGone(tab(kTwo + std::string(", changed")));
    designer.screen.await(tab(kOne + std::string(", changed")));

    go(designer, "ctrl+Tab", kOne);
    designer.screen.await(undoOrRedo("Undo Add “Filter”"));
    select(designer, "Filter");
    designer.input.press("ctrl+z");
    designer.screen.awaitGone(kFilter);
    designer.screen.awaitGone(tab(kOne + std::string(", changed")));

    go(designer, "ctrl+Tab", kTwo);
    designer.screen.await(undoOrRedo("Redo Add “Filter”"));
    designer.input.press("ctrl+shift+z");
    designer.screen.await(kFilter);
    designer.screen.await(tab(kTwo + std::string(", changed")));
}

void runBehind(DesignerFixture& designer) {
    go(designer, "ctrl+Page_Up", kOne);
    clickMainToolBar(designer, "Run");
    awaitRun(designer, "Running");
    go(designer, "ctrl+Page_Down", kTwo);
    designer.screen.await(tab(kOne + std::string(", running")));
    designer.screen.awaitGone({{"tool bar", ""}, {"", "Running"}});
    designer.screen.await(tab(kTwo + std::string(", changed")));

    designer.input.click(designer.screen.await(tab(kOne)));
    awaitFront(designer, kOne);
    awaitRun(designer, "Running");
    clickMainToolBar(designer, "Stop");
    awaitRun(designer, "Stopped");
    designer.screen.awaitGone(tab(kOne + std::string(", running")));
}

void answer(DesignerFixture& designer, const std::string& button) {
    const Step question{"", "Unsaved changes"};
    designer.screen.await({question, {"", "“" + std::string(kTwo) + "” has changes that are not saved"}});
    designer.input.click(designer.screen.await({question, {"push button", button}}));
    designer.screen.awaitGone({question, {"push button", button}});
}

void awaitBothKept(const DesignerFixture& designer) {
    awaitFront(designer, kTwo);
    designer.screen.await(tab(kOne));
    designer.screen.await(tab(kTwo + std::string(", changed")));
    designer.screen.await(kFilter);
}

/// The question is about the tab with the changes, which comes to front for it.
void quitAndThinkBetter(DesignerFixture& designer) {
    designer.input.press("ctrl+q");
    designer.screen.await(kTwos);
    answer(designer, "Keep editing");
    awaitBothKept(designer);
}

void closeOne(DesignerFixture& designer) {
    designer.input.press("ctrl+w");
    answer(designer, "Keep editing");
    awaitBothKept(designer);
    designer.input.click(designer.screen.await({{"menu item", "File"}}));
    designer.input.click(designer.screen.await({{"menu item", "File"}, {"menu item", "Close tab"}}));
    answer(designer, "Discard the changes");
    designer.screen.awaitGone(tab(kOne));  // one pipeline has no tabs
    designer.screen.awaitFocus({{"frame", kOne}});
    designer.screen.await(kOnes);
    designer.screen.awaitGone(kFilter);
}

}  // namespace

int main() {
    return play("tabs", [](DesignerFixture& designer) {
        const std::string one = pipeline("Ones"), two = pipeline("Twos");
        designer.write(kOne, one);
        designer.write(kTwo, two);
        designer.start(kOne);
        openTheOther(designer);
        goFromTabToTab(designer);
        undoOneByOne(designer);
        runBehind(designer);
        quitAndThinkBetter(designer);
        closeOne(designer);
        designer.quit();
        check(designer.contents(kOne) == one && designer.contents(kTwo) == two,
              "A pipeline was saved that nobody saved");
    });
}
