@echo off
rem Finds a JDK 25, builds the command on first use and after a change of the sources, and runs it.
rem
rem   DELTAGRAPH_JAVA_HOME   the JDK to use, before JAVA_HOME and all others
rem
rem Only the command itself writes to standard output.

setlocal EnableExtensions DisableDelayedExpansion
set "needed=25"
set "root=%~dp0"
set "root=%root:~0,-1%"
set "dist=%root%\cli\target\dist"
set "stamp=%root%\cli\target\built"
set "cache=%root%\cli\target\start.aot"
rem Beside the jars of a download there is nothing to build.
if exist "%root%\lib\" if not exist "%root%\pom.xml" set "dist=%root%\lib"
set "main=io.deltagraph.cli/io.deltagraph.cli.Main"
set "flags=-XX:+UseSerialGC -Xmn32m -Xlog:disable -Xlog:all=warning:stderr -Xlog:aot*=off:stderr -Xlog:cds*=off:stderr --add-exports=java.base/jdk.internal.module=io.deltagraph.simd"

set "java_home="
if defined DELTAGRAPH_JAVA_HOME (
  call :try "%DELTAGRAPH_JAVA_HOME%"
  if not defined java_home (
    >&2 echo deltagraph: DELTAGRAPH_JAVA_HOME is %DELTAGRAPH_JAVA_HOME%, which is no JDK %needed% or newer.
    exit /b 2
  )
)
if not defined java_home if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined java_home if defined JAVA25_HOME call :try "%JAVA25_HOME%"
if not defined java_home for /f "delims=" %%J in ('where java 2^>nul') do call :try "%%~dpJ.."
for %%F in (
  "%ProgramFiles%\Eclipse Adoptium"
  "%ProgramFiles%\Java"
  "%ProgramFiles%\Microsoft"
  "%ProgramFiles%\Zulu"
  "%ProgramFiles%\Amazon Corretto"
  "%ProgramFiles%\BellSoft"
  "%LOCALAPPDATA%\Programs\Eclipse Adoptium"
  "%USERPROFILE%\.jdks"
  "%USERPROFILE%\.sdkman\candidates\java"
  "%USERPROFILE%\scoop\apps"
) do if not defined java_home if exist "%%~F\" for /d %%J in ("%%~F\*") do call :try "%%~J"
if not defined java_home (
  >&2 echo deltagraph: no JDK %needed% or newer was found; install one, or let DELTAGRAPH_JAVA_HOME name its folder.
  exit /b 2
)

set "stale="
if not "%dist%"=="%root%\lib" call :stale
if defined stale (
  call :build
  if errorlevel 1 exit /b 2
)

if exist "%cache%" (
  "%java_home%\bin\java.exe" "-XX:AOTCache=%cache%" %flags% --module-path "%dist%" --module %main% %*
) else (
  "%java_home%\bin\java.exe" %flags% --module-path "%dist%" --module %main% %*
)
exit /b %errorlevel%

rem Takes the folder %1 as java_home if it holds Java 25 or newer: told from its release file.
:try
if defined java_home exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "major="
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do for /f "tokens=1 delims=.-+" %%M in (%%V) do set "major=%%M"
if not defined major exit /b 0
if %major% GEQ %needed% set "java_home=%~f1"
exit /b 0

rem Sets stale if a source is newer than what was built.
:stale
set "stale=yes"
if not exist "%stamp%" exit /b 0
powershell -NoProfile -Command "$built = (Get-Item -LiteralPath $env:stamp).LastWriteTimeUtc; $sources = @(Get-Item (Join-Path $env:root 'pom.xml'), (Join-Path $env:root '*\pom.xml')) + @(Get-ChildItem -Recurse -Path (Join-Path $env:root '*\src\main')); if ($sources | Where-Object { $_.LastWriteTimeUtc -gt $built }) { exit 1 } else { exit 0 }" >nul 2>nul
if not errorlevel 1 set "stale="
exit /b 0

:build
where mvn >nul 2>nul
if errorlevel 1 (
  >&2 echo deltagraph: the project has to be built and no Maven was found; install Maven 3.8 or newer, so that 'mvn' is on the PATH.
  exit /b 2
)
if exist "%stamp%" (
  >&2 echo deltagraph: the sources have changed: building ^(some seconds^)
) else (
  >&2 echo deltagraph: building on first use ^(about a minute; Maven may download libraries^)
)
if not exist "%root%\cli\target" mkdir "%root%\cli\target"
rem The time of this file says which sources the build has seen.
type nul >"%stamp%.new"
if not defined JAVA_HOME set "JAVA_HOME=%java_home%"
set "JAVA25_HOME=%java_home%"
call mvn -B -q -Dstyle.color=never -f "%root%\pom.xml" -pl cli -am -Dquick -Dmaven.test.skip=true package <nul 1>&2
if errorlevel 1 (
  >&2 echo deltagraph: the build failed; its messages are above.
  exit /b 2
)
if exist "%cache%" del "%cache%"
"%java_home%\bin\java.exe" "-XX:AOTCacheOutput=%cache%" %flags% -Ddeltagraph.vectors=off --module-path "%dist%" --module %main% rehearse >nul 2>nul
move /y "%stamp%.new" "%stamp%" >nul
exit /b 0
