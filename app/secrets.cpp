#include "app/secrets.h"

#include <optional>
#include <utility>

#include "core/secrets/typed_secrets.h"

#ifdef RILLWRIGHT_KEYRING
#include <qt6keychain/keychain.h>

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QFileInfo>
#include <QScopeGuard>
#include <QThread>
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#endif

namespace rw::ui {

namespace {

/// Of an entry of the keyring. What was typed comes first: a keyring that does not answer is asked only once.
/// A missing secret waits for the user: NotFound would be retried.
Result<Secret> typedOr(const SecretRef& where, Result<Secret> (*read)(const std::string& entry)) {
    if (std::optional<Secret> typed = typedSecrets().find(where)) return *std::move(typed);
    Result<Secret> found = read(where.name);
    if (found.ok() || found.error().code != ErrorCode::NotFound) return found;
    return typedSecret(where, found.error().message, found.error().fix);
}

}  // namespace

#ifdef RILLWRIGHT_KEYRING

namespace {

constexpr std::chrono::seconds kKeyringPatience{60};

Text otherPlace() {
    return RW_TEXT("secrets", "Keep the secret in an environment variable.");
}

/// Where there is no keyring.
Text otherWay() {
    return RW_TEXT("secrets",
                   "Keep the secret in an environment variable, or type it when a run asks for it.");
}

/// All jobs of QtKeychain are on this thread: their queue is on the thread of the first one, and waits for
/// ever for jobs of another.
class KeyringThread {
 public:
    static KeyringThread& only() {
        static KeyringThread thread;
        return thread;
    }
    void run(std::function<void()> act) {
        QMetaObject::invokeMethod(&m_home, std::move(act), Qt::QueuedConnection);
    }

 private:
    KeyringThread() {
        m_home.moveToThread(&m_thread);
        m_thread.start();
        qAddPostRoutine([] { only().stop(); });  // Qt's objects go with its application
    }
    ~KeyringThread() { stop(); }
    void stop() {
        m_thread.quit();
        m_thread.wait();
    }

    QThread m_thread{};
    QObject m_home{};
};

/// The answer for a thread that asked the keyring. It may have given up when the answer comes.
struct KeyringAnswer {
    std::mutex mutex{};
    std::condition_variable came{};
    std::optional<Result<Secret>> result{};
};

/// Without the address of a bus D-Bus would start one, and a keyring would be there that was never used.
bool hasSessionBus() {
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return true;
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus"));
}

/// Whether a program that keeps secrets runs, or would be started for a call: libsecret tells its absence as
/// any other trouble. A bus that can't be asked has none.
bool hasKeyringService() {
    const QString ours = QStringLiteral("rillwright-keyring");  // the shared connection stays as it was first
    const QDBusConnection bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, ours);
    const auto leave = qScopeGuard([&ours] { QDBusConnection::disconnectFromBus(ours); });
    const QDBusConnectionInterface* const services = bus.interface();
    if (!bus.isConnected() || services == nullptr) return false;
    QStringList there = services->registeredServiceNames().value();
    there += services->activatableServiceNames().value();
    const QStringList keyrings{QStringLiteral("org.freedesktop.secrets"), QStringLiteral("org.kde.kwalletd5"),
                               QStringLiteral("org.kde.kwalletd6")};
    return std::any_of(keyrings.begin(), keyrings.end(),
                       [&there](const QString& name) { return there.contains(name); });
}

Status keyringError(const QKeychain::Job& job) {
    switch (job.error()) {
        case QKeychain::NoError:
            return {};
        case QKeychain::EntryNotFound:
            return {ErrorCode::NotFound,
                    RW_TEXT("secrets", "The keyring has no entry “%1”.").with(job.key().toStdString()),
                    RW_TEXT("secrets",
                            "Type the secret again, in the Preferences under Targets or Connections.")};
        case QKeychain::AccessDeniedByUser:
        case QKeychain::AccessDenied:
            return {ErrorCode::Denied, RW_TEXT("secrets", "The keyring was not unlocked."),
                    RW_TEXT("secrets",
                            "Try again and unlock it, or keep the secret in an environment variable.")};
        default:
            break;
    }
    if (job.error() == QKeychain::NoBackendAvailable || !hasKeyringService())
        return {
            ErrorCode::NotFound,
            RW_TEXT("secrets", "There is no keyring here: no program on the D-Bus session keeps secrets."),
            otherWay()};
    return {ErrorCode::Io,
            RW_TEXT("secrets", "The keyring can't be used: %1").with(job.errorString().toStdString()),
            otherPlace()};
}

/// Makes a job on its thread, and waits for it on this one. `prepare` has the job before it starts, `read`
/// when it went well.
template <class JobKind, class Prepare, class Read>
Result<Secret> askKeyring(const std::string& entry, Prepare prepare, Read read) {
    if (!hasSessionBus())
        return Status(ErrorCode::NotFound,
                      RW_TEXT("secrets", "There is no keyring here: no D-Bus session runs."), otherWay());
    const auto answer = std::make_shared<KeyringAnswer>();
    KeyringThread::only().run([answer, entry, prepare, read] {
        auto* job = new JobKind(QStringLiteral("Rillwright"));  // it deletes itself
        job->setKey(QString::fromStdString(entry));
        prepare(*job);
        QObject::connect(job, &QKeychain::Job::finished, job, [answer, job, read](const QKeychain::Job*) {
            const Status status = keyringError(*job);
            const std::lock_guard lock(answer->mutex);
            answer->result = status.ok() ? Result<Secret>(read(*job)) : Result<Secret>(status);
            answer->came.notify_all();
        });
        job->start();
    });
    std::unique_lock lock(answer->mutex);
    if (!answer->came.wait_for(lock, kKeyringPatience, [&answer] { return answer->result.has_value(); }))
        return Status(ErrorCode::Io, RW_TEXT("secrets", "The keyring did not answer within a minute."),
                      RW_TEXT("secrets", "See whether it waits for its password behind another window."));
    return *answer->result;
}

// Copies of QtKeychain stay in its jobs; those that are made here are wiped.
Result<Secret> readKeyring(const std::string& entry) {
    return askKeyring<QKeychain::ReadPasswordJob>(
        entry, [](QKeychain::ReadPasswordJob&) {},
        [](const QKeychain::ReadPasswordJob& job) {
            std::string text = job.textData().toStdString();
            Secret secret(text);
            wipe(text);
            return secret;
        });
}

}  // namespace

bool hasKeyring() {
    return true;
}

SecretSource desktopSecrets() {
    if (QCoreApplication::instance() == nullptr) {
        static int count = 1;
        static char name[] = "rillwright";
        static char* words[] = {name, nullptr};
        static const auto* const application = new QCoreApplication(count, words);  // to the program's end
        static_cast<void>(application);
    }
    return [](const SecretRef& secret) -> Result<Secret> {
        return secret.kind == SecretRef::Kind::Keyring ? typedOr(secret, readKeyring)
                                                       : environmentSecret(secret);
    };
}

Status writeSecret(const std::string& name, const Secret& value) {
    const auto nothing = [](const QKeychain::Job&) { return Secret(); };
    if (!value.empty()) {
        return askKeyring<QKeychain::WritePasswordJob>(
                   name,
                   [value](QKeychain::WritePasswordJob& job) {
                       value.reveal([&job](std::string_view text) {
                           job.setTextData(
                               QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
                       });
                   },
                   nothing)
            .status();
    }
    const Status removed = askKeyring<QKeychain::DeletePasswordJob>(
                               name, [](QKeychain::DeletePasswordJob&) {}, nothing)
                               .status();
    return !removed.ok() && removed.error().code == ErrorCode::NotFound ? Status() : removed;
}

#else

namespace {

Status noKeyring() {
    return {
        ErrorCode::NotFound, RW_TEXT("secrets", "This program was built without a keyring."),
        RW_TEXT("secrets", "Keep the secret in an environment variable, or type it when a run asks for it.")};
}

}  // namespace

bool hasKeyring() {
    return false;
}

SecretSource desktopSecrets() {
    return [](const SecretRef& secret) -> Result<Secret> {
        if (secret.kind != SecretRef::Kind::Keyring) return environmentSecret(secret);
        return typedOr(
            secret, +[](const std::string&) { return Result<Secret>(noKeyring()); });
    };
}

Status writeSecret(const std::string&, const Secret&) {
    return noKeyring();
}

#endif

}  // namespace rw::ui
