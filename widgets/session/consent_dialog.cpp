#include "widgets/session/consent_dialog.h"

#include <QFileInfo>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "widgets/document/translated.h"
#include "widgets/theme/dialogs/question_frame.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kWidth = 640, kMostRows = 10, kNameWidth = 220, kVerbWidth = 220;

/// Characters that break a line or turn its direction would make one name look like another.
QString onOneLine(QString text) {
    for (QChar& c : text) {
        const QChar::Category kind = c.category();
        if (kind == QChar::Other_Control || kind == QChar::Other_Format || kind == QChar::Separator_Line ||
            kind == QChar::Separator_Paragraph)
            c = QChar::ReplacementCharacter;
    }
    return text;
}

QString onOneLine(const std::string& text) {
    return onOneLine(QString::fromStdString(text));
}

/// The last part of the target: a table, a file, an address.
QString nameOf(const Access& access) {
    if (!access.part.empty() && access.isFile()) return onOneLine(access.part);
    return onOneLine(access.isFile() ? QFileInfo(QString::fromStdString(access.target)).fileName()
                                     : translated(access.description));
}

/// A button would take the & of a name for the mark of its key.
QString onButton(QString name, const QWidget& widget) {
    name = widget.fontMetrics().elidedText(name, Qt::ElideMiddle, Theme::of(&widget).scaled(kNameWidth));
    return name.replace(QLatin1Char('&'), QLatin1String("&&"));
}

int rankOf(const ConsentRequest::Target& target) {
    if (target.foreign) return 0;
    return target.access.kind == Access::Kind::Writes ? 1 : target.access.kind == Access::Kind::Reads ? 3 : 2;
}

QTableWidgetItem* cell(const QString& text) {
    auto* item = new QTableWidgetItem(text);
    item->setToolTip(wrappedLines(text));
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    return item;
}

}  // namespace

ConsentDialog::ConsentDialog(const ConsentRequest& request, const QString& pipeline, QWidget* parent,
                             const ConsentPurpose& purpose)
    : QDialog(parent),
      m_request(request),
      m_of(purpose.of),
      m_pipeline(onOneLine(pipeline)),
      m_target(onOneLine(purpose.cluster)),
      m_checkpoint(onOneLine(purpose.checkpoint)) {
    std::copy_if(m_request.targets.begin(), m_request.targets.end(), std::back_inserter(m_foreign),
                 [](const ConsentRequest::Target& target) { return target.foreign; });
    const bool deploys = m_of == ConsentPurpose::Of::Deployment,
               listens = m_of == ConsentPurpose::Of::Listening;
    setWindowTitle(deploys   ? tr("Before the deployment")
                   : listens ? tr("Before listening")
                             : tr("Before the run"));
    QVBoxLayout* const column = newQuestionColumn(*this);
    column->addWidget(newParagraph(head(), "title"));
    if (!m_request.incompleteTape.empty())
        column->addWidget(newParagraph(onOneLine(translated(m_request.incompleteTape)), "dim"));
    column->addWidget(newParagraph(explanation(), "dim"));
    column->addWidget(makeTable(), 1);
    const QString refusal = deploys ? tr("Do not deploy") : listens ? tr("Do not listen") : tr("Do not run");
    const auto [decline, agree] = addQuestionButtons(*this, *column, refusal, agreement());
    // Enter presses the marked button: a first look at a pipeline from elsewhere runs nothing.
    if (!m_foreign.empty() || !m_request.incompleteTape.empty()) agree->setProperty("role", "danger");
    decline->setProperty("role", "primary");
    decline->setDefault(true);
    decline->setFocus();
    setMinimumWidth(Theme::of(this).scaled(kWidth));
}

QString ConsentDialog::head() const {
    if (m_request.untrusted) return tr("“%1” comes from elsewhere").arg(m_pipeline);
    if (!m_request.incompleteTape.empty()) return tr("The tape is incomplete");
    if (m_foreign.size() == 1) return tr("“%1” is there already").arg(nameOf(m_foreign.front().access));
    return tr("%1 outputs are there already").arg(m_foreign.size());
}

QString ConsentDialog::explanation() const {
    if (m_of == ConsentPurpose::Of::Listening)
        return tr("You have not agreed to it yet. Listening would read or run this, and write no output:");
    if (m_of == ConsentPurpose::Of::Deployment)
        return tr("You have not agreed to it yet. Deployed to %1, it would read, write, send or run this:")
            .arg(m_target);
    if (m_request.untrusted && m_foreign.empty())
        return tr("You have not agreed to it yet. A run would read, write, send or run this:");
    if (m_request.untrusted)
        return tr(
            "You have not agreed to it yet, and it did not write what is there already. "
            "A run would read, write, send or run this:");
    if (!m_request.incompleteTape.empty() && m_foreign.empty())
        return tr("Its rows would replace what is there already:");
    if (!m_request.incompleteTape.empty())
        return tr("Its rows would replace what is there already, some of it not written by this pipeline:");
    if (!m_checkpoint.isEmpty())
        return tr("What is there is not as the last run that ended left it. "
                  "This run starts from the beginning and would replace or change it; "
                  "Resume, the clock beside Stop, continues from %1 and keeps the rows that its run wrote.")
            .arg(m_checkpoint);
    if (m_foreign.size() > 1)
        return tr("This pipeline did not write what they hold now. A run would do this to them:");
    return m_foreign.front().access.adds
               ? tr("This pipeline did not write what it holds now. A run would add rows to it.")
               : tr("This pipeline did not write what it holds now. A run would replace or change that.");
}

QString ConsentDialog::agreement() const {
    const auto count = m_foreign.size();
    if (m_of == ConsentPurpose::Of::Deployment) return tr("Deploy");
    if (m_of == ConsentPurpose::Of::Listening) return tr("Listen");
    if (!m_request.incompleteTape.empty()) return tr("Replay it and overwrite");
    if (count == 0) return tr("Run");
    const bool run = m_request.untrusted;
    if (count > 1) return (run ? tr("Run and overwrite %1 outputs") : tr("Overwrite %1 outputs")).arg(count);
    const Access& access = m_foreign.front().access;
    const QString name = onButton(nameOf(access), *this);
    if (access.adds) return (run ? tr("Run and add rows to “%1”") : tr("Add rows to “%1”")).arg(name);
    return (run ? tr("Run and overwrite “%1”") : tr("Overwrite “%1”")).arg(name);
}

QTableWidget* ConsentDialog::makeTable() {
    std::vector<ConsentRequest::Target> targets = m_request.targets;
    std::stable_sort(targets.begin(), targets.end(),
                     [](const auto& a, const auto& b) { return rankOf(a) < rankOf(b); });
    auto* table = new QTableWidget(static_cast<int>(targets.size()), 3);
    table->setObjectName(QStringLiteral("targets"));
    table->setAccessibleName(m_of == ConsentPurpose::Of::Listening ? tr("What listening would touch")
                                                                   : tr("What the run would touch"));
    table->setHorizontalHeaderLabels({m_of == ConsentPurpose::Of::Deployment  ? tr("The job")
                                      : m_of == ConsentPurpose::Of::Listening ? tr("Listening")
                                                                              : tr("The run"),
                                      tr("File, table or address"), tr("Node")});
    applyTableStyle(*table);
    table->setTextElideMode(Qt::ElideMiddle);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (std::size_t i = 0; i < targets.size(); ++i) addRow(*table, static_cast<int>(i), targets[i]);
    QHeaderView& header = *table->horizontalHeader();
    fitColumns(*table, Theme::of(this).scaled(kVerbWidth));
    header.setStretchLastSection(false);
    header.setSectionResizeMode(1, QHeaderView::Stretch);
    const int row = table->verticalHeader()->defaultSectionSize();
    const int rows = std::min(static_cast<int>(targets.size()), kMostRows);
    table->setMinimumHeight(header.sizeHint().height() + row * rows + 2);
    return table;
}

void ConsentDialog::addRow(QTableWidget& table, int row, const ConsentRequest::Target& target) const {
    const Access& access = target.access;
    const QString path = onOneLine(access.target);
    const QString what = !access.isFile()      ? onOneLine(translated(access.description))
                         : access.part.empty() ? path
                                               : tr("table “%1” of %2").arg(onOneLine(access.part), path);
    QString verb = tr("reads");
    if (access.kind == Access::Kind::Sends) verb = tr("sends to");
    if (access.kind == Access::Kind::Runs) verb = tr("runs");
    if (access.kind == Access::Kind::Writes) {
        verb = target.replaced   ? tr("overwrites")
               : !target.foreign ? tr("writes")
               : access.adds     ? tr("adds rows to")
                                 : tr("overwrites");
    }
    QTableWidgetItem* first = cell(verb);
    if (target.foreign || target.replaced) first->setIcon(Theme::of(this).icon(u"warning", ColorRole::Warn));
    table.setItem(row, 0, first);
    table.setItem(row, 1, cell(what));
    table.setItem(row, 2, cell(onOneLine(access.title)));
}

ConsentQuestions::ConsentQuestions(PipelineDocument& document, RunSession& session, RunConsent& consent,
                                   std::function<QString()> unused, QWidget* window)
    : QObject(window),
      m_document(document),
      m_session(session),
      m_unused(std::move(unused)),
      m_window(window) {
    session.setConsent(&consent);
    connect(&session, &RunSession::consentRequested, this, &ConsentQuestions::prompt);
}

void ConsentQuestions::prompt(const ConsentRequest& request) {
    const bool goesOn = request.resumes || !m_session.tape().replay.isEmpty();
    auto* dialog = new ConsentDialog(request, m_document.displayName(), m_window,
                                     {.checkpoint = goesOn ? QString() : m_unused()});
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, &m_session, &RunSession::proceed);
    connect(dialog, &QDialog::rejected, &m_session, &RunSession::decline);
    // The run was stopped, or another document is here: there is nothing left to ask.
    connect(&m_session, &RunSession::stateChanged, dialog, [this, dialog] {
        if (!m_session.isAwaitingConsent()) dialog->close();
    });
    dialog->open();
}

}  // namespace rw::ui
