#include "widgets/document/autosave.h"

#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUuid>

#include "core/pipeline/json/json.h"
#include "widgets/document/whole_file.h"

namespace rw::ui {

namespace {

constexpr char kSuffix[] = ".autosave";
constexpr int kLockMillis = 2000;
constexpr int kLeaveMillis = 2000;  // a slow disk loses no copy; one that is dead keeps no window open

QDir folderOfCopies() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
                "/rillwright/autosave");
}

// Held while a program has the document open; QLockFile finds out by itself when its owner has died.
std::unique_ptr<QLockFile> lockOf(const QString& file) {
    auto lock = std::make_unique<QLockFile>(file + ".lock");
    lock->setStaleLockTime(0);
    return lock;
}

/// Whether a tab or program that lives has the copy. One that lists the copies has the lock for a moment; a
/// full disk has no room for a lock, which takes nothing away from the copy.
bool isTaken(const QString& file) {
    const std::unique_ptr<QLockFile> lock = lockOf(file);
    return !lock->tryLock(kLockMillis) && lock->error() == QLockFile::LockFailedError;
}

/// A program that is killed leaves its lock, also without a copy: taking it and letting it go removes it.
void removeLeftLocks(const QDir& folder) {
    const QString ending = QStringLiteral(".lock");
    const QStringList filter{QLatin1String("*") + QLatin1String(kSuffix) + ending};
    for (const QString& name : folder.entryList(filter, QDir::Files))
        (void)lockOf(folder.filePath(name.chopped(ending.size())))->tryLock(0);
}

struct Copy {
    QString path, name;
    std::string text;
    Origin origin;
};

/// Whether it is on the disk; otherwise the old copy stays.
bool writeCopy(const QString& file, const Json& copy) {
    const QByteArray bytes = QByteArray::fromStdString(copy.dump());
    QSaveFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && commitWhole(out);
}

std::optional<Copy> readCopy(const QString& file) {
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly)) return std::nullopt;
    const QByteArray bytes = in.readAll();
    const Json json = Json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!json.is_object()) return std::nullopt;
    const auto text = [&](const char* key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    Origin origin;
    origin.own = json.value("own", Json()) == true;
    origin.example = QString::fromStdString(text("example"));
    origin.bytes = QByteArray::fromStdString(text("bytes"));
    return Copy{QString::fromStdString(text("path")), QString::fromStdString(text("name")), text("pipeline"),
                origin};
}

}  // namespace

struct Autosave::Copies {
    /// The copy that a recovered document came from, locked so that no other window takes it up again.
    struct Old {
        QString file;
        std::unique_ptr<QLockFile> lock;
    };
    QString file{};
    std::unique_ptr<QLockFile> lock{};
    std::vector<Old> old{};

    void drop() const { QFile::remove(file); }
    void dropOld() {
        for (const Old& each : old) QFile::remove(each.file);
        old.clear();
    }
};

Autosave::Autosave(PipelineDocument& document) : m_document(document), m_copies(std::make_shared<Copies>()) {
    const QDir folder = folderOfCopies();
    m_copies->file =
        folder.filePath(QUuid::createUuid().toString(QUuid::WithoutBraces) + QLatin1String(kSuffix));
    m_copies->lock = lockOf(m_copies->file);
    m_writer.start([folder, copies = m_copies] {
        folder.mkpath(".");
        copies->lock->tryLock(0);
    });
    m_timer.setSingleShot(true);
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &Autosave::save);
    const auto soon = [this] {
        if (!m_timer.isActive()) m_timer.start();
    };
    connect(&document, &PipelineDocument::changed, this, soon);
    connect(&document, &PipelineDocument::fileChanged, this, soon);  // its file may be gone
    connect(&document, &PipelineDocument::saved, this, &Autosave::save);
}

Autosave::~Autosave() {
    m_writer.start([copies = m_copies] {
        copies->drop();
        copies->dropOld();
        copies->lock->unlock();
    });
    (void)m_writer.wait(kLeaveMillis);
}

void Autosave::saveNow() {
    save();
    (void)m_writer.wait(kLeaveMillis);
}

void Autosave::save() {
    if (!m_document.isModified()) {
        m_writer.start([copies = m_copies] {
            copies->drop();
            copies->dropOld();
        });
        return;
    }
    m_writer.start([copies = m_copies, path = m_document.path(), name = m_document.displayName(),
                    origin = m_document.origin(), pipeline = m_document.pipeline()] {
        const Json json = {{"path", path.toStdString()},
                           {"name", name.toStdString()},
                           {"own", origin.own},
                           {"example", origin.example.toStdString()},
                           {"bytes", origin.bytes.toStdString()},
                           {"pipeline", savePipeline(pipeline)}};
        if (writeCopy(copies->file, json)) copies->dropOld();  // else it is tried again after the next change
    });
}

std::vector<Recoverable> Autosave::recoverable() {
    std::vector<Recoverable> all;
    removeLeftLocks(folderOfCopies());
    const QStringList filter{QLatin1String("*") + QLatin1String(kSuffix)};
    for (const QFileInfo& info : folderOfCopies().entryInfoList(filter, QDir::Files, QDir::Time)) {
        const QString file = info.filePath();
        const std::unique_ptr<QLockFile> lock = lockOf(file);
        // A full disk has no room for a lock, which takes nothing away from the copy.
        if (!lock->tryLock(0) && lock->error() == QLockFile::LockFailedError) continue;
        if (const std::optional<Copy> copy = readCopy(file)) {
            all.push_back({file, copy->path, copy->name, info.lastModified()});
        }
    }
    return all;
}

Status Autosave::recover(const Recoverable& left) {
    const auto copy = std::make_shared<std::optional<Copy>>();
    const auto taken = std::make_shared<bool>(false);
    const bool done =
        m_document.doFileWork(tr("Recovering “%1”").arg(left.name), [copy, taken, file = left.file] {
            *taken = isTaken(file);
            if (!*taken) *copy = readCopy(file);
        });
    if (done && *taken) {
        return {ErrorCode::Locked,
                RW_TEXT("document", "“%1” was recovered elsewhere already.").with(left.name.toStdString()),
                RW_TEXT("document", "Look for it in another tab or window of the designer.")};
    }
    if (!done || !*copy) {
        return {ErrorCode::Io,
                RW_TEXT("document", "The copy of “%1” can't be read.").with(left.name.toStdString())};
    }
    RW_TRY(m_document.restore((*copy)->text, (*copy)->path, (*copy)->origin));
    m_writer.start([copies = m_copies, file = left.file] {
        Copies::Old old{file, lockOf(file)};
        // A window that lists the copies has the lock for a moment. A full disk has no room for one.
        const bool locked = old.lock->tryLock(kLockMillis);
        const bool another = !locked && old.lock->error() == QLockFile::LockFailedError;
        if (!another) copies->old.push_back(std::move(old));  // else another program has taken it up, too
    });
    save();
    return {};
}

void Autosave::discard(const Recoverable& left) {
    if (!isTaken(left.file)) QFile::remove(left.file);
}

}  // namespace rw::ui
