// Work on files away from the GUI thread: a disk, or the far end of a network, may answer late or never.
#pragma once
#include <QObject>
#include <functional>
#include <memory>
#include <utility>

namespace rw::ui {

/// Runs `work` on a thread of its own, which nobody waits for at the end of the program. What it gives back
/// is run on the thread of `receiver`, unless that is gone by then.
void runAside(QObject* receiver, std::function<std::function<void()>()> work);

/// The same in two halves: `take` gets what `work` found.
template <class Work, class Take>
void aside(QObject* receiver, Work work, Take take) {
    runAside(receiver, [work = std::move(work), take = std::move(take)]() -> std::function<void()> {
        auto found = std::make_shared<decltype(work())>(work());
        return [take, found] { take(std::move(*found)); };
    });
}

}  // namespace rw::ui
