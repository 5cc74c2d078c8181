// Spark as an engine that a pipeline is written for.
#include "core/deploy/engine_writer.h"
#include "core/deploy/spark/dialect.h"
#include "core/deploy/spark/forms.h"
#include "core/deploy/spark/program.h"
#include "core/deploy/spark/words.h"

namespace rw {

const EngineWriter& sparkWriter() {
    static const EngineWriter writer{
        .engine = Engine::Spark,
        .title = "Apache Spark",
        .dialect = sparkDialect(),
        .forms = sparkForms(),
        .charts = sparkChartForm(),
        .artefacts = {{Engine::Spark, "pyspark", ".spark.py", RW_TEXT("deploy", "&PySpark program…"),
                       RW_TEXT("deploy", "Python files (*.py)"), sparkProgram}},
        .refuses = sparkRefuseHidden};
    return writer;
}

}  // namespace rw
