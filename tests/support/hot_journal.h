// A journal that SQLite plays back as soon as a program with write access opens its database.
#pragma once
#include <QByteArray>

namespace rw::testing {

/// The journal of a program that was killed, beside a database of `size` bytes. It names `super` as the journal
/// above it: playing it back deletes that file.
inline QByteArray hotJournal(const QByteArray& super, qsizetype size) {
    constexpr quint32 kPage = 4096;
    const auto number = [](quint32 value) {
        QByteArray bytes;
        for (int shift = 24; shift >= 0; shift -= 8) bytes.append(static_cast<char>((value >> shift) & 0xff));
        return bytes;
    };
    const QByteArray magic = QByteArray::fromHex("d9d505f920a163d7");
    QByteArray made = magic + number(0) + number(0) +
                      number(static_cast<quint32>(size) / kPage) + number(512) + number(kPage);
    made += QByteArray(512 - made.size(), '\0');
    quint32 sum = 0;
    for (const char c : super) sum += static_cast<quint32>(static_cast<unsigned char>(c));
    return made + number(262'145) + super + number(static_cast<quint32>(super.size())) + number(sum) + magic;
}

}  // namespace rw::testing
