// Slices and windows against a search over all windows, before and after the epoch.
#include <QtTest/QtTest>

#include "core/stream/window_assigner.h"

using namespace rw;

namespace {

/// Every window that contains `time`, in the order of their ends.
std::vector<Window> allWindows(WindowKind kind, Millis size, Millis step, Millis offset, Instant time) {
    std::vector<Window> found;
    const Millis every = kind == WindowKind::Hop ? step : size;
    for (Instant start = time - size; start <= time; ++start) {
        if ((start - offset) % every != 0) continue;
        for (Millis length = kind == WindowKind::Cumulate ? step : size; length <= size; length += step) {
            if (time < start + length) found.push_back({start + length, start});
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

void compareWith(WindowKind kind, Millis size, Millis step, Millis offset) {
    const WindowAssigner assigner(kind, size, step, offset);
    for (Instant time = -40; time <= 40; ++time) {
        const Window slice = assigner.sliceOf(time);
        QVERIFY(slice.start <= time && time < slice.end);
        const auto expected = allWindows(kind, size, step, offset, time);
        QCOMPARE(allWindows(kind, size, step, offset, slice.start), expected);
        QCOMPARE(allWindows(kind, size, step, offset, slice.end - 1), expected);
        std::vector<Window> found = {assigner.firstWindow(slice)};
        while (found.back() != assigner.lastWindow(slice)) {
            found.push_back(assigner.windowAfter(slice, found.back().end));
            QVERIFY(found.size() <= expected.size());
        }
        QVERIFY(found == expected);
    }
}

}  // namespace

class TestWindowAssigner : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void tumbling() {
        for (Millis size = 1; size <= 7; ++size) {
            for (Millis offset = -3; offset < size; ++offset)
                compareWith(WindowKind::Tumble, size, size, offset);
        }
    }
    void hopping() {
        for (Millis size = 1; size <= 9; ++size) {
            for (Millis slide = 1; slide <= size; ++slide) {
                for (Millis offset = -2; offset <= 2; ++offset)
                    compareWith(WindowKind::Hop, size, slide, offset);
            }
        }
    }
    void cumulating() {
        for (Millis step = 1; step <= 4; ++step) {
            for (Millis steps = 1; steps <= 4; ++steps)
                compareWith(WindowKind::Cumulate, step * steps, step, 1);
        }
    }
    void slicesOfAHopAreTwoASlideAtMost() {
        const WindowAssigner assigner(WindowKind::Hop, 10'000, 3'001, 0);
        int slices = 0;
        for (Instant time = 0; time < 3'001; time = assigner.sliceOf(time).end) ++slices;
        QCOMPARE(slices, 2);
    }
    void sliceIsWindowOnlyWhereNothingIsShared() {
        QVERIFY(WindowAssigner(WindowKind::Tumble, 5, 5, 0).sliceIsWindow());
        QVERIFY(!WindowAssigner(WindowKind::Hop, 5, 2, 0).sliceIsWindow());
    }
};

QTEST_APPLESS_MAIN(TestWindowAssigner)
#include "test_window_assigner.moc"
