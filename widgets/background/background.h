// Work on files away from the GUI thread: a disk, or the far end of a network, may answer late or never.
#pragma once
#include <QObject>
#include <functional>
#include <memory>
#include <utility>

namespace rw::ui {

/// Lets other threads send calls to the thread of an object, as long as that exists. Made on
/// that thread; copies are the same.
class MainThreadReceiver {
 public:
    explicit MainThreadReceiver(QObject* receiver);

    /// Runs `act` later on the receiver's thread, unless the receiver is gone by then. From any thread.
    void send(std::function<void()> act) const;

 private:
    struct Place;
    std::shared_ptr<Place> m_place;
};

/// Runs `work` on a thread of its own, which is not waited for at the end of the program. Its result is run
/// on the thread of `receiver`, unless that is gone by then.
void runInBackground(QObject* receiver, std::function<std::function<void()>()> work);

/// The same in two halves: `take` gets the result of `work`.
template <class Work, class Take>
void runInBackground(QObject* receiver, Work work, Take take) {
    runInBackground(receiver, [work = std::move(work), take = std::move(take)]() -> std::function<void()> {
        auto found = std::make_shared<decltype(work())>(work());
        return [take, found] { take(std::move(*found)); };
    });
}

}  // namespace rw::ui
