// Without questions asked, Maven takes any value: what would not compile or not load is refused here.
import java.lang.management.ManagementFactory
import javax.lang.model.SourceVersion

def opId = request.properties.opId
def opClass = request.properties.opClass
def wrong = []
if (!SourceVersion.isName(request.getPackage())) {
  wrong << "-Dpackage is missing or wrong: '" + request.getPackage() + "' is no package of Java. Give one, such as -Dpackage=" +
      request.getPackage().replaceAll('[^A-Za-z0-9_.]', '_')
}
if (!(opClass ==~ /[A-Z][A-Za-z0-9]*/)) {
  wrong << "-DopClass is '" + opClass + "', but a class is named like Swish"
}
if (!(opId ==~ /[a-z][a-z0-9-]{0,31}:[a-z][a-z0-9_]{0,47}/)) {
  wrong << "-DopId is '" + opId + "', but an op is named like acme:swish (a prefix of your own and a colon; lower case, digits, '_')"
}
if (wrong) {
  def project = new File(request.outputDirectory, request.artifactId)
  def files = []
  project.eachFileRecurse { files << it }
  // Only what this run has made.
  if (files.every { it.lastModified() >= ManagementFactory.runtimeMXBean.startTime }) {
    project.deleteDir()
  }
  throw new IllegalArgumentException(wrong.join('; ') + '.')
}
