// A user in a small window, where lists and forms are longer than their visible parts.
#include "tests/e2e/patience.h"
#include "tests/e2e/pipeline.h"

using namespace rw::e2e;

namespace {

constexpr int kWidth = 1120, kHeight = 700;

ElementPath entry(const std::string& name) {
    return {{"list", ""}, {"list item", name}};
}

void makeSmall(DesignerFixture& designer) {
    const int before = designer.screen.await(canvas()).height;
    designer.input.resizeWindow(kWidth, kHeight);
    until([&] { return designer.screen.await(canvas()).height < before; },
          [] { return "It does not shrink"; });
}

void drop(DesignerFixture& designer, const std::string& name, const std::string& title, int x, int y) {
    const Element target = designer.screen.await(canvas());
    designer.input.drag(designer.reach(entry(name)), target.x + x, target.y + y);
    designer.screen.await(node(title));
}

// The last entry is below the fold, however many there are before it.
void dropFromBelowTheFold(DesignerFixture& designer) {
    designer.screen.awaitThere(entry("SQLite"));
    check(!designer.screen.find(entry("SQLite")),
          "What the palette would have to be scrolled to counts as seen");
    check(designer.screen.outOfSight(entry("SQLite")).has_value(), "Nothing tells what is to be scrolled");
    drop(designer, "SQLite", "SQLite", 300, 40);
    check(!designer.screen.find(entry("CPU")), "The palette has not been scrolled");
    drop(designer, "CSV file, Files", "CSV file", 100, 40);
}

// The form of the node that was dropped last, to its end and back.
void fillBelowTheFold(DesignerFixture& designer) {
    const ElementPath first = field("Path", "text");
    designer.screen.awaitThere(first);
    for (const ElementPath& way : {field("Rate", "text"), first}) {
        designer.input.click(designer.reach(way));
        designer.screen.awaitFocus(way);
    }
}

}  // namespace

int main() {
    return play("scrolling", [](DesignerFixture& designer) {
        designer.start("empty.rill");
        makeSmall(designer);
        dropFromBelowTheFold(designer);
        fillBelowTheFold(designer);
    });
}
