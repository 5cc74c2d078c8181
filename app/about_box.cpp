#include "app/about_box.h"

#include <fmt/core.h>
#include <link.h>
#include <openssl/crypto.h>
#include <spdlog/version.h>
#include <sqlite3.h>

#include <QApplication>
#include <QClipboard>
#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <nlohmann/json.hpp>

#include "app/secrets.h"
#include "core/connect/ndjson/row_reader.h"
#include "widgets/log/log_file.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

QString version(int major, int minor, int patch) {
    return QStringLiteral("%1.%2.%3").arg(major).arg(minor).arg(patch);
}

/// The version in the file name of a loaded library: RE2 and others tell it nowhere else.
QString loadedVersion(const QString& library) {
    struct Search {
        QString library, path;
    } search{library, {}};
    const auto look = [](dl_phdr_info* info, std::size_t, void* data) {
        auto& wanted = *static_cast<Search*>(data);
        const QString path = QString::fromLocal8Bit(info->dlpi_name);
        if (path.contains(wanted.library)) wanted.path = path;
        return wanted.path.isEmpty() ? 0 : 1;
    };
    dl_iterate_phdr(look, &search);
    return QFileInfo(search.path).canonicalFilePath().section(QStringLiteral(".so."), 1);
}

QLabel* label(const QString& text, const char* role) {
    auto* made = new QLabel(text);
    made->setProperty("role", role);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return made;
}

QString asText(const std::vector<std::pair<QString, QString>>& versions) {
    QString text = QStringLiteral("Rillwright %1\n").arg(QApplication::applicationVersion());
    for (const auto& [name, number] : versions) text += name + QLatin1Char(' ') + number + QLatin1Char('\n');
    return text;
}

}  // namespace

std::vector<std::pair<QString, QString>> libraryVersions() {
    std::vector<std::pair<QString, QString>> versions{
        {QStringLiteral("Qt"), QString::fromLatin1(qVersion())},
        {QStringLiteral("SQLite"), QString::fromLatin1(sqlite3_libversion())},
        {QStringLiteral("RE2"), loadedVersion(QStringLiteral("/libre2.so"))},
        {QStringLiteral("OpenSSL"), QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION_STRING))},
        {QStringLiteral("fmt"), version(FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
        {QStringLiteral("spdlog"), version(SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)},
        {QStringLiteral("nlohmann/json"),
         version(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH)},
        {QStringLiteral("simdjson"), QString::fromStdString(simdjsonVersion())}};
    if (hasKeyring())
        versions.emplace_back(QStringLiteral("QtKeychain"),
                              loadedVersion(QStringLiteral("/libqt6keychain.so")));
    return versions;
}

AboutBox::AboutBox(QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("About Rillwright"));
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(metrics::kDialogPadding, metrics::kDialogPadding, metrics::kDialogPadding,
                             metrics::kPanelPadding);
    grid->setHorizontalSpacing(metrics::kColumnGap);
    grid->setVerticalSpacing(metrics::kStep);
    auto* sign = new QLabel;
    sign->setPixmap(
        QIcon(QStringLiteral(":/icons/rillwright.svg")).pixmap(QSize(64, 64), devicePixelRatioF()));
    grid->addWidget(sign, 0, 0, 3, 1, Qt::AlignTop);
    grid->addWidget(label(tr("Rillwright %1").arg(QApplication::applicationVersion()), "page"), 0, 1, 1, 2);
    grid->addWidget(label(tr("A desktop designer for stream pipelines."), "dim"), 1, 1, 1, 2);
    auto* licence = label(
        tr("Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later). It "
           "comes without any warranty."),
        "dim");
    licence->setWordWrap(true);
    licence->setMinimumWidth(Theme::of(this).scaled(360));
    grid->addWidget(licence, 2, 1, 1, 2);
    // The layout asks for the height of a wrapped label before it knows how wide the window gets.
    licence->ensurePolished();
    licence->setMinimumHeight(licence->heightForWidth(licence->minimumWidth()));
    grid->setRowMinimumHeight(3, metrics::kListPadding);
    auto* head = label(tr("Runs with"), "section");
    grid->addWidget(head, 4, 1, 1, 2);
    const auto versions = libraryVersions();
    int row = 5;
    for (const auto& [name, number] : versions) {
        grid->addWidget(label(name, "dim"), row, 1);
        grid->addWidget(label(number, "code"), row++, 2);
    }
    if (QFileInfo::exists(logFilePath())) {
        grid->addWidget(label(tr("Log file"), "dim"), row, 1);
        grid->addWidget(label(QDir::toNativeSeparators(logFilePath()), "code"), row++, 2);
    }
    grid->setColumnStretch(2, 1);
    grid->setRowMinimumHeight(row, metrics::kListPadding);
    auto* foot = new QHBoxLayout;
    auto* copy = new QPushButton(tr("Copy the versions"));
    auto* close = new QPushButton(tr("Close"));
    close->setDefault(true);
    foot->addStretch();
    foot->addWidget(copy);
    foot->addWidget(close);
    grid->addLayout(foot, row + 1, 0, 1, 3);
    connect(copy, &QPushButton::clicked, this,
            [versions] { QApplication::clipboard()->setText(asText(versions)); });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
}

}  // namespace rw::ui
