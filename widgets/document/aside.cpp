#include "widgets/document/aside.h"

#include <mutex>
#include <thread>

namespace rw::ui {

namespace {

/// The receiver as long as it is there.
struct Address {
    std::mutex mutex{};
    QObject* receiver = nullptr;
};

}  // namespace

void runAside(QObject* receiver, std::function<std::function<void()>()> work) {
    auto address = std::make_shared<Address>();
    address->receiver = receiver;
    const QMetaObject::Connection goodbye = QObject::connect(receiver, &QObject::destroyed, [address] {
        const std::lock_guard lock(address->mutex);
        address->receiver = nullptr;
    });
    std::thread([address, goodbye, work = std::move(work)] {
        std::function<void()> take = work();
        const std::lock_guard lock(address->mutex);
        if (address->receiver == nullptr) return;
        const auto deliver = [goodbye, take = std::move(take)] {
            QObject::disconnect(goodbye);
            take();
        };
        QMetaObject::invokeMethod(address->receiver, deliver, Qt::QueuedConnection);
    }).detach();
}

}  // namespace rw::ui
