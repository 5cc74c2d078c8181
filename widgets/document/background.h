// Work on files away from the GUI thread: a disk, or the far end of a network, may answer late or never.
#pragma once
#include <QObject>
#include <functional>
#include <memory>
#include <utility>

namespace rw::ui {

/// Where other threads send what is to be done on the thread of an object, as long as that is there. Made on
/// that thread; copies are the same.
class Address {
 public:
    explicit Address(QObject* receiver);

    /// Runs `act` later on the receiver's thread, unless the receiver is gone by then. From any thread.
    void send(std::function<void()> act) const;

 private:
    struct Place;
    std::shared_ptr<Place> m_place;
};

/// Runs `work` on a thread of its own, which nobody waits for at the end of the program. What it gives back
/// is run on the thread of `receiver`, unless that is gone by then.
void runInBackground(QObject* receiver, std::function<std::function<void()>()> work);

/// The same in two halves: `take` gets what `work` found.
template <class Work, class Take>
void runInBackground(QObject* receiver, Work work, Take take) {
    runInBackground(receiver, [work = std::move(work), take = std::move(take)]() -> std::function<void()> {
        auto found = std::make_shared<decltype(work())>(work());
        return [take, found] { take(std::move(*found)); };
    });
}

}  // namespace rw::ui
