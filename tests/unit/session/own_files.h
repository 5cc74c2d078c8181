// The files of a test, in a folder that it has to itself.
#pragma once
#include <QtTest/QtTest>
#include <memory>

namespace rw::ui {

/// A base of tests, which name its functions as they name their own.
class OwnFiles {
 protected:
    /// An empty folder in place of that of the test before.
    void renewFolder() { m_folder = std::make_unique<QTemporaryDir>(); }

    QString path(const QString& name) const { return m_folder->filePath(name); }
    /// What programs know of the runs before, as Program takes it.
    QString data() const { return path(QStringLiteral("data")); }
    /// Gives the path of what it has written.
    QString write(const QString& name, const QByteArray& text) const {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("can't write");
        return file.fileName();
    }
    /// Empty where there is no such file, too.
    QByteArray contents(const QString& name) const {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

 private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

}  // namespace rw::ui
