// A person in a small window, where lists and forms are longer than what is seen of them.
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr int kWidth = 1120, kHeight = 700;

Way entry(const std::string& name) {
    return {{"list", ""}, {"list item", name}};
}

void makeSmall(Desk& desk) {
    const int before = desk.eyes.await(canvas()).height;
    desk.hands.resizeWindow(kWidth, kHeight);
    until([&] { return desk.eyes.await(canvas()).height < before; }, [] { return "It does not shrink"; });
}

void drop(Desk& desk, const std::string& name, const std::string& title, int x, int y) {
    const Thing target = desk.eyes.await(canvas());
    desk.hands.drag(desk.reach(entry(name)), target.x + x, target.y + y);
    desk.eyes.await(node(title));
}

// The last entry is below the fold, however many there are before it.
void dropFromBelowTheFold(Desk& desk) {
    desk.eyes.awaitThere(entry("SQLite"));
    check(!desk.eyes.find(entry("SQLite")), "What the palette would have to be scrolled to counts as seen");
    check(desk.eyes.outOfSight(entry("SQLite")).has_value(), "Nothing tells what is to be scrolled");
    drop(desk, "SQLite", "SQLite", 300, 40);
    check(!desk.eyes.find(entry("CPU")), "The palette has not been scrolled");
    drop(desk, "CSV file, Files", "CSV file", 100, 40);
}

// The form of the node that was dropped last, to its end and back.
void fillBelowTheFold(Desk& desk) {
    const Way first = field("Path", "text");
    desk.eyes.awaitThere(first);
    for (const Way& way : {field("Rate", "text"), first}) {
        desk.hands.click(desk.reach(way));
        desk.eyes.awaitFocus(way);
    }
}

}  // namespace

int main() {
    return play("scrolling", [](Desk& desk) {
        desk.start("empty.rill");
        makeSmall(desk);
        dropFromBelowTheFold(desk);
        fillBelowTheFold(desk);
    });
}
