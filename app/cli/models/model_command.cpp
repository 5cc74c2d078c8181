#include "app/cli/models/model_command.h"

#include <QFile>

#include "app/cli/common_options.h"
#include "app/cli/load.h"
#include "app/cli/output.h"

namespace rw::cli {

ModelCommands::ModelCommands(CLI::App& app)
    : m_all(app.add_subcommand("model",
                               "models: what nodes have learnt, and trained ones for the node “score”")),
      m_script(m_all->add_subcommand(
          "script", "print export_model.py, which writes models of scikit-learn, XGBoost and LightGBM")),
      m_export(m_all->add_subcommand("export", "what a node has learnt, from a checkpoint, as JSON")) {
    addPipeline(*m_export, m_exporting.pipeline, m_sets);
    m_export->add_option("--node", m_exporting.node, "the node that learns, by its id")->required();
    m_export->add_option("-o,--out", m_exporting.out, "the file; without it, standard output");
    m_export->add_option("--savepoint", m_exporting.savepoint,
                         "export from this savepoint; without it, from the newest checkpoint");
    m_export->add_option("--checkpoint-dir", m_exporting.folder, "the folder of the checkpoints, as for run");
    addTrusted(*m_export, m_exporting.pipeline);
    m_all->require_subcommand(1);
}

std::optional<int> ModelCommands::run() {
    if (m_script->parsed()) return modelScript();
    if (m_export->parsed()) {
        takeSets(m_sets, m_exporting.pipeline);
        return modelExport(m_exporting);
    }
    return std::nullopt;
}

int modelScript() {
    QFile script(QStringLiteral(":/help/export_model.py"));
    if (!script.open(QIODevice::ReadOnly)) {
        printMessage("error", "The program does not have the script. Install it again.");
        return 1;
    }
    const Status written = writeOut(script.readAll().toStdString());
    if (!written.ok()) printMessage("error", english(written.error()));
    return written.ok() ? 0 : 1;
}

}  // namespace rw::cli
