#include "tests/e2e/mouse.h"

#include "tests/e2e/pipeline.h"

namespace rw::e2e {

namespace {

constexpr int kHead = 40;  // pixels, more or less

}  // namespace

void drop(Desk& desk, const std::string& entry, int x, int y) {
    const Thing target = desk.eyes.await(canvas());
    const std::size_t before = desk.eyes.count(node(""));
    desk.hands.drag(desk.reach({{"list", ""}, {"list item", entry}}), target.x + x, target.y + y);
    desk.eyes.awaitCount(node(""), before + 1);
}

void connect(Desk& desk, const std::string& from, const std::string& output, const std::string& to,
             const std::string& input) {
    desk.hands.drag(desk.eyes.await(port(from, output)), desk.eyes.await(port(to, input)));
    desk.eyes.await(wire(from, to));
}

Thing head(const Desk& desk, const std::string& title) {
    Thing card = desk.eyes.await(node(title));
    card.height = kHead;
    return card;
}

void select(Desk& desk, const std::string& title) {
    desk.hands.click(head(desk, title));
    desk.eyes.awaitFocus(node(title));
}

void fill(Desk& desk, const Way& way, const std::string& text) {
    desk.hands.click(desk.reach(way));
    desk.eyes.awaitFocus(way);
    desk.hands.press("ctrl+a");
    desk.hands.type(text);
    desk.hands.press("Tab");
}

void choose(Desk& desk, const Way& button, int line, int lines) {
    desk.hands.click(desk.reach(button));
    const Thing menu = desk.eyes.awaitMenu();
    desk.hands.click(menu.middleX(), menu.y + menu.height * (2 * line + 1) / (2 * lines));
}

void clickRunBar(Desk& desk, const std::string& button) {
    desk.hands.click(desk.eyes.await({{"tool bar", ""}, {"push button", button}}));
}

void runForTheFirstTime(Desk& desk) {
    clickRunBar(desk, "Run");
    desk.hands.click(desk.eyes.await({{"dialog", "Before the run"}, {"push button", "Run"}}));
}

void awaitRun(const Desk& desk, const std::string& state) {
    desk.eyes.await({{"tool bar", ""}, {"", state}});
}

void save(Desk& desk, const std::string& file) {
    desk.hands.press("ctrl+s");
    desk.eyes.awaitThere({{"frame", file + " – "}});  // without the mark of changes behind its name
}

}  // namespace rw::e2e
