#include "widgets/background/background.h"

#include <mutex>
#include <thread>

namespace rw::ui {

struct MainThreadReceiver::Place {
    std::mutex mutex{};
    QObject* receiver = nullptr;
    QMetaObject::Connection goodbye{};

    ~Place() { QObject::disconnect(goodbye); }
};

MainThreadReceiver::MainThreadReceiver(QObject* receiver) : m_place(std::make_shared<Place>()) {
    m_place->receiver = receiver;
    const auto leave = [place = std::weak_ptr(m_place)] {
        const std::shared_ptr<Place> known = place.lock();
        if (!known) return;
        const std::lock_guard lock(known->mutex);
        known->receiver = nullptr;
    };
    m_place->goodbye = QObject::connect(receiver, &QObject::destroyed, leave);
}

void MainThreadReceiver::send(std::function<void()> act) const {
    const std::lock_guard lock(m_place->mutex);
    if (m_place->receiver != nullptr)
        QMetaObject::invokeMethod(m_place->receiver, std::move(act), Qt::QueuedConnection);
}

void runInBackground(QObject* receiver, std::function<std::function<void()>()> work) {
    std::thread([address = MainThreadReceiver(receiver), work = std::move(work)] {
        address.send(work());
    }).detach();
}

}  // namespace rw::ui
