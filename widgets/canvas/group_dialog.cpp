#include "widgets/canvas/group_dialog.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>
#include <memory>
#include <utility>

#include "core/pipeline/json/json.h"
#include "core/pipeline/subflow_files.h"
#include "widgets/document/consent/document_trust.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/theme/form_row.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kGroupWidth = 440, kMostGroupName = 120;

QString ports(const std::vector<NodeId>& ids) {
    QStringList names;
    for (const NodeId& id : ids) names << QString::fromStdString(id);
    return names.join(QStringLiteral(", "));
}

/// The first “part.rill”, “part2.rill” that is not there.
QString freeName(const QString& folder) {
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? QStringLiteral("part") : QStringLiteral("part%1").arg(number);
        if (!QFileInfo::exists(QDir(folder).filePath(name + QStringLiteral(".rill")))) return name;
    }
}

Status isThere(const QString& name) {
    return {ErrorCode::Invalid, RW_TEXT("group", "“%1” is there already.").with(name.toStdString()),
            RW_TEXT("group", "Choose another name: no file is overwritten.")};
}

}  // namespace

GroupDialog::GroupDialog(PipelineDocument& document, std::vector<NodeId> nodes, QWidget* parent)
    : QDialog(parent),
      m_document(document),
      m_nodes(std::move(nodes)),
      m_name(new QLineEdit(freeName(document.folder()))),
      m_row(new FormRow(m_name)),
      m_words(new QLabel),
      m_group(new QPushButton(tr("Group"))) {
    setWindowTitle(tr("Group into a subflow"));
    m_name->setObjectName(QStringLiteral("groupName"));
    m_name->setMaxLength(kMostGroupName);
    m_name->selectAll();
    m_row->setWords(tr("Name of the file"),
                    tr("The nodes are moved to this file, in the folder of the pipeline."));
    m_words->setObjectName(QStringLiteral("groupWords"));
    m_words->setWordWrap(true);
    m_words->setProperty("role", "dim");
    m_group->setObjectName(QStringLiteral("group"));
    m_group->setDefault(true);
    auto* const cancel = new QPushButton(tr("Cancel"));
    auto* const buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_group);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    column->addWidget(m_row);
    column->addWidget(m_words);
    column->addLayout(buttons);
    setMinimumWidth(Theme::of(this).scaled(kGroupWidth));
    connect(m_name, &QLineEdit::textChanged, this, &GroupDialog::check);
    connect(m_group, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    check();
}

QString GroupDialog::fileName() const {
    const QString name = m_name->text().trimmed();
    return name.endsWith(QLatin1String(".rill")) ? name : name + QStringLiteral(".rill");
}

void GroupDialog::check() {
    QString what, mend;
    const QString name = m_name->text().trimmed();
    if (name.isEmpty() || name == QLatin1String(".rill")) {
        what = tr("The file has no name yet.");
    } else if (name.contains(u'/') || name.startsWith(u'.') || name.contains(QLatin1String("${"))) {
        what = tr("“%1” can't be the name of a file here.").arg(shownText(name));
        mend = tr("Write a name without / and ${, and without a dot before it.");
    } else if (QFileInfo::exists(QDir(m_document.folder()).filePath(fileName()))) {
        const Status there = isThere(fileName());
        what = translated(there.error().message);
        mend = translated(there.error().fix);
    }
    m_row->setProblem(what, mend);
    m_group->setEnabled(what.isEmpty());
    const Result<Group> made = groupOf(m_document, m_nodes, fileName());
    if (made.ok()) describe(*made);
}

void GroupDialog::describe(const Group& group) {
    QStringList lines;
    if (!group.inputs.empty()) lines << tr("Inputs: %1").arg(ports(group.inputs));
    if (!group.outputs.empty()) lines << tr("Outputs: %1").arg(ports(group.outputs));
    if (group.inputs.empty() && group.outputs.empty()) lines << tr("It has no inputs and no outputs.");
    if (group.charts > 0)
        lines << tr("%n charts leave the dashboard: charts in a subflow are not shown there.", nullptr,
                    group.charts);
    lines << tr("Undo brings the nodes back and leaves the file.");
    m_words->setText(lines.join(u'\n'));
}

Result<Group> groupOf(const PipelineDocument& document, const std::vector<NodeId>& nodes,
                      const QString& name) {
    std::shared_ptr<const Validated> known = document.sharedValidated();
    if (!document.isValidated()) {
        ValidateOptions options = document.validateOptions();
        options.files = false;
        known =
            std::make_shared<const Validated>(validate(document.pipeline(), document.catalogue(), options));
    }
    return group(document.pipeline(), *known, document.catalogue(), nodes, name.toStdString());
}

Status groupInto(PipelineDocument& document, const std::vector<NodeId>& nodes, const QString& name) {
    RW_TRY_ASSIGN(const Group made, groupOf(document, nodes, name));
    const std::string text = savePipeline(made.file);
    RW_TRY(checkLoadable(text));
    const QString path = QDir(document.folder()).filePath(name);
    const auto written = std::make_shared<Status>();
    const std::string words = name.toStdString();
    const bool done = document.doFileWork(
        PipelineDocument::tr("Writing “%1”").arg(name),
        [written, path, name, text, words, catalogue = document.sharedCatalogue()] {
            QFile place(path);
            // Another program may have made one since the name was checked.
            if (!place.open(QIODevice::WriteOnly | QIODevice::NewOnly)) {
                *written = QFileInfo::exists(path)
                               ? isThere(name)
                               : Status(ErrorCode::Io,
                                        RW_TEXT("group", "“%1” can't be written: %2.")
                                            .with(path.toStdString(), place.errorString().toStdString()));
                return;
            }
            place.close();
            *written = writePipelineText(text, path.toStdString());
            if (!written->ok()) return void(place.remove());
            // Its ports are known before the subflow is there.
            const std::string absolute = SubflowFiles::pathOf({}, path.toStdString());
            catalogue->subflows().remember(words, absolute);
            (void)catalogue->subflows().read(absolute, *catalogue);
        });
    if (!done)
        return {ErrorCode::Cancelled,
                RW_TEXT("group", "“%1” was not waited for; nothing was grouped.").with(words)};
    RW_TRY(*written);
    if (const DocumentTrust* trust = DocumentTrust::of(document)) trust->wrote(text);
    document.change(made.rest, PipelineDocument::tr("Group into subflow"));
    document.selection().set({made.subflow});
    return {};
}

}  // namespace rw::ui
