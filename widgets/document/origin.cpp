#include "widgets/document/origin.h"

#include <QCryptographicHash>
#include <QFile>
#include <QUuid>
#include <algorithm>

#include "core/pipeline/json/json.h"
#include "widgets/document/examples.h"

namespace rw::ui {

namespace {

/// Empty: it can't be read.
QByteArray fingerprintOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray text = file.readAll();
    return fingerprint({text.data(), static_cast<std::size_t>(text.size())});
}

}  // namespace

QString newSession() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QByteArray fingerprint(std::string_view text) {
    const QByteArrayView bytes(text.data(), static_cast<qsizetype>(text.size()));
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QByteArray otherBytes(const QString& path, const QByteArray& known) {
    if (known.isEmpty()) return {};
    const Result<std::string> text = readPipelineText(path.toStdString());
    if (!text.ok()) return {};
    QByteArray now = fingerprint(*text);
    return now == known ? QByteArray() : now;
}

QString exampleWith(const QByteArray& bytes) {
    for (const Example& example : examples()) {
        if (fingerprintOf(example.file) == bytes) return example.file.section(QLatin1Char('/'), -1);
    }
    return {};
}

bool isExampleData(const QByteArray& bytes) {
    for (const Example& example : examples()) {
        const bool found = std::any_of(example.data.begin(), example.data.end(),
                                       [&](const QString& file) { return fingerprintOf(file) == bytes; });
        if (found) return true;
    }
    return false;
}

}  // namespace rw::ui
