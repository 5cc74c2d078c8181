#include "widgets/document/origin.h"

#include <QCryptographicHash>
#include <QFile>
#include <QUuid>

#include "widgets/document/examples.h"

namespace rw::ui {

QString newSession() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

QByteArray fingerprint(std::string_view text) {
    const QByteArrayView bytes(text.data(), static_cast<qsizetype>(text.size()));
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

QString exampleWith(const QByteArray& bytes) {
    for (const Example& example : examples()) {
        QFile file(example.file);
        if (!file.open(QIODevice::ReadOnly)) continue;
        const QByteArray text = file.readAll();
        if (fingerprint({text.data(), static_cast<std::size_t>(text.size())}) == bytes)
            return example.file.section(QLatin1Char('/'), -1);
    }
    return {};
}

}  // namespace rw::ui
