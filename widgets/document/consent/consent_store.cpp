#include "widgets/document/consent/consent_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QStandardPaths>
#include <QThread>

#include "core/pipeline/pipeline.h"
#include "widgets/document/origin.h"
#include "widgets/document/whole_file.h"

namespace rw::ui {

namespace {

constexpr qint64 kMostBytes = qint64{64} << 20;
constexpr qsizetype kFingerprint = 64, kMostSaved = 8192;
constexpr int kStoreLockMillis = 2000, kLookMillis = 5;

/// Keeps other programs and threads from a file while it is changed, which takes milliseconds: QLockFile
/// would look again after tenths of a second.
class Turn {
 public:
    explicit Turn(const QString& path)
        : m_fd(::open(QFile::encodeName(path + QStringLiteral(".lock")).constData(),
                      O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600)) {
        QElapsedTimer waited;
        waited.start();
        while (m_fd >= 0 && !m_taken && waited.elapsed() < kStoreLockMillis) {
            m_taken = ::flock(m_fd, LOCK_EX | LOCK_NB) == 0;
            if (!m_taken) QThread::msleep(kLookMillis);
        }
    }
    ~Turn() {
        if (m_fd >= 0) ::close(m_fd);
    }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    bool taken() const { return m_taken; }

 private:
    const int m_fd;
    bool m_taken = false;
};

QString standardFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/rillwright/consent");
}

/// Empty if it is no file of a sensible size: opening a FIFO would wait.
QByteArray contents(const QString& path) {
    const QFileInfo info(path);
    if (!info.isFile() || info.size() > kMostBytes) return {};
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool replaceContents(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return file.write(bytes) == bytes.size() && commitWhole(file);
}

ConsentRecord recordFrom(const QByteArray& bytes) {
    ConsentRecord record;
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!json.is_object()) return record;
    if (const auto allowed = json.find("allowed"); allowed != json.end() && allowed->is_array()) {
        for (const Json& key : *allowed) {
            if (key.is_string()) record.allowed.insert(key.get<std::string>());
        }
    }
    if (const auto written = json.find("written"); written != json.end() && written->is_object()) {
        for (const auto& [key, state] : written->items()) {
            if (state.is_string()) record.written.emplace(key, state.get<std::string>());
        }
    }
    return record;
}

QByteArray bytesOf(const ConsentRecord& record) {
    const Json json{{"allowed", record.allowed}, {"written", record.written}};
    return QByteArray::fromStdString(json.dump()) + '\n';
}

void addTo(ConsentRecord& record, const ConsentRecord& more) {
    record.allowed.insert(more.allowed.begin(), more.allowed.end());
    for (const auto& [key, state] : more.written) record.written[key] = state;
}

bool isUnsaved(const std::string& pipeline) {
    return pipeline.starts_with(ConsentStore::kUnsaved);
}

}  // namespace

ConsentStore::ConsentStore(const QString& folder) : m_folder(folder.isEmpty() ? standardFolder() : folder) {
    QDir().mkpath(m_folder);
    QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QString ConsentStore::fileOf(const std::string& pipeline) const {
    return m_folder + QLatin1Char('/') + QString::fromLatin1(fingerprint(pipeline)) + QStringLiteral(".json");
}

ConsentRecord ConsentStore::readKept(const std::string& pipeline) const {
    {
        const std::scoped_lock lock(m_mutex);
        const auto found = m_unsaved.find(pipeline);
        if (found != m_unsaved.end()) return found->second;
    }
    return isUnsaved(pipeline) ? ConsentRecord() : recordFrom(contents(fileOf(pipeline)));
}

// Open outputs are looked at first: a run that ends meanwhile has written how it left them.
ConsentRecord ConsentStore::read(const std::string& pipeline) const {
    std::set<std::string> open;
    std::map<std::string, Agreement> agreed;
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto found = m_agreed.find(pipeline); found != m_agreed.end()) agreed = found->second;
        for (const auto& run : m_runs) {
            if (run->pipelines.contains(pipeline)) open.insert(run->keys.begin(), run->keys.end());
        }
    }
    ConsentRecord record = readKept(pipeline);
    record.open = std::move(open);
    record.agreed = std::move(agreed);
    return record;
}

void ConsentStore::approve(const std::string& pipeline, const std::string& key, Agreement agreement) {
    const std::scoped_lock lock(m_mutex);
    m_agreed[pipeline][key] = std::move(agreement);
}

void ConsentStore::withdraw(const std::string& pipeline, const std::vector<std::string>& keys) {
    const std::scoped_lock lock(m_mutex);
    for (const std::string& key : keys) m_agreed[pipeline].erase(key);
}

std::shared_ptr<OpenOutputs> ConsentStore::begin(const std::string& pipeline, std::vector<std::string> keys) {
    auto run = std::make_shared<OpenOutputs>(OpenOutputs{{pipeline}, std::move(keys)});
    const std::scoped_lock lock(m_mutex);
    m_runs.insert(run);
    return run;
}

std::set<std::string> ConsentStore::pipelinesOf(const OpenOutputs& run) const {
    const std::scoped_lock lock(m_mutex);
    return run.pipelines;
}

void ConsentStore::end(const std::shared_ptr<OpenOutputs>& run, const std::set<std::string>& written) {
    const std::scoped_lock lock(m_mutex);
    m_runs.erase(run);
    for (const std::string& pipeline : run->pipelines) {
        for (const std::string& key : written) m_agreed[pipeline].erase(key);
    }
}

void ConsentStore::rename(const std::string& from, const std::string& to) {
    if (from == to) return;
    {
        const std::scoped_lock lock(m_mutex);
        for (const auto& run : m_runs) {
            if (run->pipelines.contains(from)) run->pipelines.insert(to);
        }
        if (const auto agreed = m_agreed.find(from); agreed != m_agreed.end()) {
            const std::map<std::string, Agreement> all = agreed->second;
            m_agreed[to].insert(all.begin(), all.end());
        }
    }
    const ConsentRecord record = readKept(from);
    if (record.written.empty()) return;
    change(to, [&record](ConsentRecord& there) {
        there.written.insert(record.written.begin(), record.written.end());
    });
}

void ConsentStore::change(const std::string& pipeline, const std::function<void(ConsentRecord&)>& change) {
    if (isUnsaved(pipeline)) {
        const std::scoped_lock lock(m_mutex);
        change(m_unsaved[pipeline]);
        return;
    }
    // Threads of this program take turns also where no file can be locked.
    const std::scoped_lock one(m_changing);
    const QString path = fileOf(pipeline);
    const Turn turn(path);
    ConsentRecord record = recordFrom(contents(path));
    {
        const std::scoped_lock lock(m_mutex);
        // The unsaved changes, on top of those that other programs wrote since.
        if (const auto held = m_unsaved.find(pipeline); held != m_unsaved.end()) addTo(record, held->second);
    }
    change(record);
    const bool done = turn.taken() && replaceContents(path, bytesOf(record));
    const std::scoped_lock lock(m_mutex);
    if (done) {
        m_unsaved.erase(pipeline);
    } else {
        m_unsaved[pipeline] = std::move(record);
    }
}

bool ConsentStore::wasSaved(const std::string& bytes) const {
    if (bytes.empty()) return false;
    {
        const std::scoped_lock lock(m_mutex);
        if (m_savedHere.contains(bytes)) return true;
    }
    const QByteArray all = contents(m_folder + QStringLiteral("/saved"));
    return all.startsWith(QByteArray::fromStdString(bytes + '\n')) ||
           all.contains(QByteArray::fromStdString('\n' + bytes + '\n'));
}

void ConsentStore::addSaved(const std::string& bytes) {
    if (wasSaved(bytes)) return;
    {
        const std::scoped_lock lock(m_mutex);
        m_savedHere.insert(bytes);
    }
    const QString path = m_folder + QStringLiteral("/saved");
    const Turn turn(path);
    if (!turn.taken()) return;
    QByteArray all = contents(path).right(kMostSaved * (kFingerprint + 1));
    if (!all.isEmpty() && !all.endsWith('\n')) all += '\n';  // a write was broken off
    (void)replaceContents(path, all + QByteArray::fromStdString(bytes) + '\n');
}

}  // namespace rw::ui
