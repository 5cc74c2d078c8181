#include "widgets/document/examples.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include "core/connect/connections/local_server.h"
#include "widgets/document/translated.h"

namespace rw::ui {

namespace {

constexpr char kFolder[] = ":/examples/";

QString inLanguage(const QJsonValue& texts) {
    const QJsonObject all = texts.toObject();
    const QString text = all.value(languageName()).toString();
    return text.isEmpty() ? all.value(QLatin1String("en")).toString() : text;
}

Example read(const QJsonObject& entry) {
    const QLatin1String folder(kFolder);
    Example example;
    example.file = folder + entry.value(QLatin1String("file")).toString();
    example.title = inLanguage(entry.value(QLatin1String("title")));
    example.description = inLanguage(entry.value(QLatin1String("description")));
    example.icon = entry.value(QLatin1String("icon")).toString();
    example.group = entry.value(QLatin1String("group")).toString();
    example.nodes = entry.value(QLatin1String("nodes")).toInt();
    example.firstResult = entry.value(QLatin1String("first_result")).toInt();
    for (const QJsonValue& file : entry.value(QLatin1String("files")).toArray())
        example.data << folder + file.toString();
    std::vector<const LocalServer*> servers;
    for (const QJsonValue& name : entry.value(QLatin1String("needs")).toArray()) {
        if (const auto* const server = localServer(name.toString().toStdString())) servers.push_back(server);
    }
    example.needs = translated(namesOf(servers));
    return example;
}

}  // namespace

std::vector<Example> examples() {
    std::vector<Example> all;
    QFile index(QLatin1String(kFolder) + QLatin1String("index.json"));
    if (!index.open(QIODevice::ReadOnly)) return all;
    for (const QJsonValue& entry : QJsonDocument::fromJson(index.readAll()).array())
        all.push_back(read(entry.toObject()));
    return all;
}

void translateExample(Pipeline& example) {
    QFile file(QStringLiteral("%1words_%2.json").arg(QLatin1String(kFolder), languageName()));
    if (!file.open(QIODevice::ReadOnly)) return;  // they are written in this language
    const QJsonObject words = QJsonDocument::fromJson(file.readAll()).object();
    const auto put = [&words](std::string& text) {
        const QJsonValue found = words.value(QString::fromStdString(text));
        if (found.isString()) text = found.toString().toStdString();
    };
    put(example.name);
    for (Node& node : example.nodes) put(node.title);
    for (Note& note : example.notes) put(note.text);
}

Status provideData(const QString& file, const QString& folder) {
    QDir().mkpath(folder);
    for (const Example& example : examples()) {
        if (example.file != file) continue;
        for (const QString& data : example.data) {
            const QString target = QDir(folder).filePath(data.sliced(QLatin1String(kFolder).size()));
            if (QFileInfo::exists(target)) continue;
            QDir().mkpath(QFileInfo(target).path());
            QFile source(data);
            if (!source.copy(target)) {
                return {ErrorCode::Io,
                        RW_TEXT("document", "“%1” can't be written, and the example reads it.")
                            .with(target.toStdString()),
                        RW_TEXT("document",
                                "Make room or give yourself the right to write in “%1”, then try "
                                "again.")
                            .with(folder.toStdString())};
            }
            // Files of the program are read-only; this one is the user's now.
            QFile::setPermissions(target,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther);
        }
    }
    return {};
}

}  // namespace rw::ui
